import { Layer, type LayerProps, picking, project32 } from "@deck.gl/core";
import { Buffer } from "@luma.gl/core";
import { Model } from "@luma.gl/engine";
import { VEHICLE_BYTES, type VehicleBuffer } from "./vehicle-buffer.ts";
import { FIRST_LOUD_MARK, MARK_PIXELS, MARKS, type MarkColours, markScale, RING } from "./vehicle-marks.ts";
import { FRAGMENT_SHADER, VERTEX_SHADER, vehicleUniforms } from "./vehicle-shader.ts";

/** What is drawn, read anew at every draw: the layer is made once and never told of a change. */
export type VehicleScene = {
  buffer: VehicleBuffer;
  /** Seconds on the clock that the glides of the buffer are told in. */
  nowS: number;
  colours: MarkColours;
  zoom: number;
  /** False where vehicles are counted in cells: only those with an exception are drawn. */
  quietToo: boolean;
  /** Number of the selected vehicle, or `null`. */
  selected: number | null;
};

type VehicleLayerProps = LayerProps & { scene(): VehicleScene };

const SELECTED_SCALE = 1.3;

const BUFFER_LAYOUT = [
  {
    name: "vehicles",
    stepMode: "vertex" as const,
    byteStride: VEHICLE_BYTES,
    attributes: [
      { attribute: "fromTo", format: "float32x4" as const, byteOffset: 0 },
      { attribute: "glideBegan", format: "float32" as const, byteOffset: 16 },
      { attribute: "codes", format: "unorm8x4" as const, byteOffset: 20 },
    ],
  },
];

/**
 * Draws every vehicle as a point of one buffer, mark by mark so that the loudest lies on top, and the selected one last.
 * It never looks at a vehicle in JavaScript: changed bytes are copied to the GPU, and the GPU glides them.
 */
export class VehicleLayer extends Layer<Required<VehicleLayerProps>> {
  static override layerName = "VehicleLayer";
  declare state: { model: Model; gpuBuffer: Buffer };

  override getShaders() {
    return super.getShaders({
      vs: VERTEX_SHADER,
      fs: FRAGMENT_SHADER,
      modules: [project32, picking, vehicleUniforms],
    });
  }

  override initializeState(): void {
    const { device } = this.context;
    const model = new Model(device, {
      ...this.getShaders(),
      id: this.props.id,
      isInstanced: false,
      topology: "point-list",
      vertexCount: 0,
      bufferLayout: BUFFER_LAYOUT,
      parameters: { depthWriteEnabled: false, depthCompare: "always" },
    });
    this.state = { model, gpuBuffer: this.#createBuffer(this.props.scene().buffer) };
    model.setAttributes({ vehicles: this.state.gpuBuffer });
  }

  override shouldUpdateState({ changeFlags }: Parameters<Layer["shouldUpdateState"]>[0]): boolean {
    return Boolean(changeFlags.propsOrDataChanged || changeFlags.viewportChanged);
  }

  override draw(): void {
    const scene = this.props.scene();
    const { buffer, selected, quietToo } = scene;
    this.#upload(buffer);
    for (let mark = quietToo ? 0 : FIRST_LOUD_MARK; mark < MARKS.length; mark++)
      if (buffer.shownByMark[mark]! > 0) this.#drawMark(scene, mark, { first: 0, count: buffer.count });
    if (selected === null || !buffer.isShown(selected)) return;
    const alone = { first: selected, count: 1 };
    this.#drawMark(scene, RING, alone);
    this.#drawMark(scene, buffer.markOf(selected), alone);
  }

  override finalizeState(context: Parameters<Layer["finalizeState"]>[0]): void {
    super.finalizeState(context);
    this.state.model.destroy();
    this.state.gpuBuffer.destroy();
  }

  /** Copies what changed to the GPU. */
  #upload(buffer: VehicleBuffer): void {
    if (buffer.bytes.byteLength > this.state.gpuBuffer.byteLength) {
      this.state.gpuBuffer.destroy();
      this.state.gpuBuffer = this.#createBuffer(buffer);
      this.state.model.setAttributes({ vehicles: this.state.gpuBuffer });
    }
    const dirty = buffer.takeDirty();
    if (!dirty) return;
    const from = dirty.from * VEHICLE_BYTES;
    this.state.gpuBuffer.write(buffer.bytes.subarray(from, (dirty.to + 1) * VEHICLE_BYTES), from);
  }

  #drawMark(
    { colours, nowS, zoom }: VehicleScene,
    mark: number,
    { first, count }: { first: number; count: number },
  ): void {
    const { model } = this.state;
    const isRing = mark === RING;
    const isLoud = mark >= FIRST_LOUD_MARK;
    const isAlone = count === 1;
    const scale = isRing ? 1 : markScale(zoom, isLoud) * (isAlone ? SELECTED_SCALE : 1);
    model.setDrawOffsets({ firstVertex: first, firstIndex: 0 });
    model.setVertexCount(count);
    model.shaderInputs.setProps({
      vehicle: {
        seconds: nowS,
        mark: isRing ? -1 : mark,
        diameter: MARK_PIXELS[mark]! * scale,
        ring: isRing ? 1 : 0,
        colour: isAlone && !isLoud ? colours.selected : colours.marks[mark],
        rim: colours.rim,
      },
    });
    model.draw(this.context.renderPass);
  }

  #createBuffer({ bytes }: VehicleBuffer): Buffer {
    const data = bytes.byteLength > 0 ? bytes : new Uint8Array(VEHICLE_BYTES);
    return this.context.device.createBuffer({ usage: Buffer.VERTEX | Buffer.COPY_DST, data });
  }
}
