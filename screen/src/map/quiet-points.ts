import type { CustomLayerInterface, CustomRenderMethodInput } from 'maplibre-gl';
import { type PointVertices, vertexBytes } from './point-vertices.ts';

/** Detectors and cameras at rest, `#6f8598`; cameras a shade lighter and a little larger. */
const vertexShader = `#version 300 es
in vec2 a_place;
in float a_camera;
uniform mat4 u_matrix;
uniform float u_size;
uniform float u_alpha;
out vec4 v_colour;
void main() {
  gl_Position = u_matrix * vec4(a_place, 0.0, 1.0);
  gl_PointSize = u_size * (1.0 + 0.35 * a_camera);
  vec3 colour = mix(vec3(0.435, 0.522, 0.596), vec3(0.62, 0.70, 0.76), a_camera);
  v_colour = vec4(colour * u_alpha, u_alpha);
}`;

const fragmentShader = `#version 300 es
precision mediump float;
in vec4 v_colour;
out vec4 colour;
void main() {
  colour = v_colour;
}`;

/** While the camera moves, one point in this many is drawn: software GL needs 183 ms for all 212,000. */
const decimation = 8;

/** The matrix from a frame's unit square to the screen, in double precision until the last. */
function matrixOf(world: ArrayLike<number>, frame: PointVertices['frame']): Float32Array {
  const m = (i: number) => world[i] ?? 0;
  const matrix = new Float32Array(16);
  for (let row = 0; row < 4; row++) {
    matrix[row] = m(row) * frame.width;
    matrix[4 + row] = m(4 + row) * frame.height;
    matrix[8 + row] = m(8 + row);
    matrix[12 + row] = m(row) * frame.x + m(4 + row) * frame.y + m(12 + row);
  }
  return matrix;
}

interface Drawable {
  program: WebGLProgram;
  vertices: WebGLVertexArrayObject;
  buffer: WebGLBuffer;
  uniforms: Record<'u_matrix' | 'u_size' | 'u_alpha', WebGLUniformLocation | null>;
}

/** All devices as quiet GL points in the base map's own canvas, drawn only when that is drawn. */
export class QuietPointsLayer implements CustomLayerInterface {
  readonly id = 'quiet-points';
  readonly type = 'custom';
  readonly renderingMode = '2d';
  /** The camera moves: draw a sample only. */
  moving = false;
  readonly #points: PointVertices;
  readonly #look: () => { size: number; alpha: number };
  readonly #drawn: () => void;
  #drawable: Drawable | null = null;

  /** `look` gives size in pixels and opacity for the camera as it is; `drawn` follows every complete drawing. */
  constructor(options: {
    points: PointVertices;
    look: () => { size: number; alpha: number };
    drawn: () => void;
  }) {
    this.#points = options.points;
    this.#look = options.look;
    this.#drawn = options.drawn;
  }

  onAdd(_map: unknown, gl: WebGL2RenderingContext): void {
    this.#drawable = makeDrawable(gl, this.#points.bytes);
  }

  onRemove(_map: unknown, gl: WebGL2RenderingContext): void {
    if (this.#drawable === null) return;
    gl.deleteProgram(this.#drawable.program);
    gl.deleteBuffer(this.#drawable.buffer);
    gl.deleteVertexArray(this.#drawable.vertices);
    this.#drawable = null;
  }

  render(gl: WebGL2RenderingContext, input: CustomRenderMethodInput): void {
    if (this.#drawable === null) return;
    const { count, frame } = this.#points;
    drawPoints(gl, this.#drawable, {
      matrix: matrixOf(input.defaultProjectionData.mainMatrix, frame),
      count: this.moving ? Math.ceil(count / decimation) : count,
      ...this.#look(),
    });
    if (!this.moving) this.#drawn();
  }
}

/** The program is selected under another name, since the linter takes `useProgram` for a React hook. */
function drawPoints(
  gl: WebGL2RenderingContext,
  { program, vertices, uniforms }: Drawable,
  wish: { matrix: Float32Array; count: number; size: number; alpha: number },
): void {
  const { useProgram: select } = gl;
  select.call(gl, program);
  gl.bindVertexArray(vertices);
  gl.uniformMatrix4fv(uniforms.u_matrix, false, wish.matrix);
  gl.uniform1f(uniforms.u_size, wish.size);
  gl.uniform1f(uniforms.u_alpha, wish.alpha);
  gl.drawArrays(gl.POINTS, 0, wish.count);
  gl.bindVertexArray(null);
}

function makeDrawable(gl: WebGL2RenderingContext, bytes: Uint8Array): Drawable {
  const program = gl.createProgram();
  for (const [type, source] of [
    [gl.VERTEX_SHADER, vertexShader],
    [gl.FRAGMENT_SHADER, fragmentShader],
  ] as const) {
    const shader = gl.createShader(type);
    if (shader === null) throw new Error('no shader: the WebGL context is lost');
    gl.shaderSource(shader, source);
    gl.compileShader(shader);
    gl.attachShader(program, shader);
  }
  gl.bindAttribLocation(program, 0, 'a_place');
  gl.bindAttribLocation(program, 1, 'a_camera');
  gl.linkProgram(program);
  const vertices = gl.createVertexArray();
  const buffer = gl.createBuffer();
  gl.bindVertexArray(vertices);
  gl.bindBuffer(gl.ARRAY_BUFFER, buffer);
  gl.bufferData(gl.ARRAY_BUFFER, bytes, gl.STATIC_DRAW);
  gl.enableVertexAttribArray(0);
  gl.vertexAttribPointer(0, 2, gl.UNSIGNED_SHORT, true, vertexBytes, 0);
  gl.enableVertexAttribArray(1);
  gl.vertexAttribPointer(1, 1, gl.UNSIGNED_BYTE, false, vertexBytes, 4);
  gl.bindVertexArray(null);
  const at = (name: string) => gl.getUniformLocation(program, name);
  return {
    program,
    vertices,
    buffer,
    uniforms: { u_matrix: at('u_matrix'), u_size: at('u_size'), u_alpha: at('u_alpha') },
  };
}
