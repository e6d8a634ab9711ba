export const feature = (geometry, properties = {}) => ({ type: "Feature", properties, geometry });

export const collection = (features) => ({ type: "FeatureCollection", features });
