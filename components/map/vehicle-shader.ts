import { MARK_PIXELS, MARKS, RING } from "./vehicle-marks.ts";

/** What every vehicle of one draw has in common. `mark` is the one mark that is drawn, or -1 for whatever it is. */
export const vehicleUniforms = {
  name: "vehicle",
  vs: `\
layout(std140) uniform vehicleUniforms {
  float seconds;
  float mark;
  float diameter;
  float ring;
  vec4 colour;
  vec4 rim;
} vehicle;
`,
  fs: `\
layout(std140) uniform vehicleUniforms {
  float seconds;
  float mark;
  float diameter;
  float ring;
  vec4 colour;
  vec4 rim;
} vehicle;
`,
  uniformTypes: {
    seconds: "f32",
    mark: "f32",
    diameter: "f32",
    ring: "f32",
    colour: "vec4<f32>",
    rim: "vec4<f32>",
  },
} as const;

/** Glides between two reports, and throws away what this draw is not for. */
export const VERTEX_SHADER = `#version 300 es
#define SHADER_NAME vehicle-vertex
in vec4 fromTo;
in float glideBegan;
in vec4 codes;
flat out float mark;
flat out float heading;
flat out float pixels;

void main(void) {
  float glideSeconds = floor(codes.z * 255. + .5) * .25;
  float share = glideSeconds > 0. ? clamp((vehicle.seconds - glideBegan) / glideSeconds, 0., 1.) : 1.;
  vec3 position = vec3(mix(fromTo.xy, fromTo.zw, share), 0.);
  geometry.worldPosition = position;
  geometry.pickingColor = vec3(0.);
  mark = floor(codes.x * 255. + .5);
  heading = codes.y * 255. / 256. * 6.28318531;
  gl_Position = project_position_to_clipspace(position, vec3(0.), vec3(0.), geometry.position);
  DECKGL_FILTER_GL_POSITION(gl_Position, geometry);
  bool wanted = codes.w > .5 && (vehicle.mark < 0. || abs(mark - vehicle.mark) < .5);
  if (!wanted) gl_Position = vec4(2., 2., 2., 1.);
  if (vehicle.ring > .5) mark = ${RING}.;
  pixels = vehicle.diameter * project.devicePixelRatio;
  gl_PointSize = pixels;
}`;

const isMark = (name: (typeof MARKS)[number]) => `mark < ${MARKS.indexOf(name)}.5`;

/**
 * Each mark is a distance from its edge, in pixels of its full size: negative inside. The colour ends at the edge and
 * the rim a pixel and a half further out. The shapes are those of the level marks beside the words.
 */
export const FRAGMENT_SHADER = `#version 300 es
#define SHADER_NAME vehicle-fragment
precision highp float;
flat in float mark;
flat in float heading;
flat in float pixels;
out vec4 fragColor;

const float FULL_SIZES[${MARK_PIXELS.length}] = float[${MARK_PIXELS.length}](${MARK_PIXELS.map((size) => `${size}.`).join(", ")});

float arrow(vec2 p) {
  float side = .930 * abs(p.x) - .368 * (p.y + 5.4);
  float notch = -.466 * abs(p.x) + .885 * (p.y - 2.4);
  return max(side, notch);
}
float hollowSquare(vec2 p) { return abs(max(abs(p.x), abs(p.y)) - 2.9) - .75; }
float brokenRing(vec2 p) {
  float gap = fract(atan(p.y, p.x) / 6.28318531 * 6.) < .56 ? 0. : 2.;
  return max(abs(length(p) - 4.6) - .85, gap - 1.);
}
float triangle(vec2 p) { return max(p.y - 5.2, .872 * abs(p.x) - .490 * (p.y + 6.2)); }
float diamond(vec2 p) { return (abs(p.x) + abs(p.y) - 8.5) * .7071; }
float exclamation(vec2 p) {
  float stroke = max(abs(p.x) - .95, abs(p.y + 1.8) - 2.8);
  float dot = max(abs(p.x) - .95, abs(p.y - 3.35) - .95);
  return min(stroke, dot);
}

void main(void) {
  float fullSize = FULL_SIZES[int(mark + .5)];
  vec2 p = (gl_PointCoord - .5) * fullSize;
  geometry.uv = p;
  float pixel = fullSize / max(pixels, 1.);
  float edge;
  float rimWidth = 1.2;
  if (${isMark("still")}) edge = hollowSquare(p);
  else if (${isMark("calm")}) edge = length(p) - 2.6;
  else if (${isMark("normal")}) {
    float s = sin(heading), c = cos(heading);
    edge = arrow(vec2(c * p.x + s * p.y, c * p.y - s * p.x));
  }
  else if (${isMark("unknown")}) edge = brokenRing(p);
  else if (${isMark("watch")}) edge = abs(length(p) - 4.) - 1.3;
  else if (${isMark("high")}) { edge = triangle(p); rimWidth = 1.5; }
  else if (${isMark("critical")}) { edge = diamond(p); rimWidth = 1.5; }
  else {
    float radius = length(p);
    float stroke = 1. - smoothstep(1. - pixel * .5, 1. + pixel * .5, abs(radius - 18.));
    float inside = 1. - smoothstep(17.5, 18.5, radius);
    fragColor = vec4(vehicle.colour.rgb, max(stroke, inside * .18));
    if (fragColor.a < .02) discard;
    DECKGL_FILTER_COLOR(fragColor, geometry);
    return;
  }
  float inner = 1. - smoothstep(-pixel * .6, pixel * .6, edge);
  float outer = 1. - smoothstep(rimWidth - pixel * .6, rimWidth + pixel * .6, edge);
  if (outer < .02) discard;
  vec3 colour = vehicle.colour.rgb;
  if (mark > ${MARKS.indexOf("critical")}. - .5) {
    float sign = 1. - smoothstep(-pixel * .5, pixel * .5, exclamation(p));
    colour = mix(colour, vehicle.rim.rgb, sign);
  }
  fragColor = vec4(mix(vehicle.rim.rgb, colour, inner), outer * mix(.85, vehicle.colour.a, inner));
  DECKGL_FILTER_COLOR(fragColor, geometry);
}`;
