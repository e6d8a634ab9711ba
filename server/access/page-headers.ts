/** Tells a page the path and query it was asked for; set by the proxy over whatever a client sent under this name. */
export const PATH_HEADER = "x-wheelhouse-path";
