import {
  CircleGeometry,
  Color,
  EdgesGeometry,
  ExtrudeGeometry,
  Group,
  InstancedMesh,
  Matrix4,
  Mesh,
  MeshBasicMaterial,
  OrthographicCamera,
  Scene,
  Shape,
  SRGBColorSpace,
  WebGLRenderer,
} from 'three';
import { LineMaterial } from 'three/examples/jsm/lines/LineMaterial.js';
import { LineSegments2 } from 'three/examples/jsm/lines/LineSegments2.js';
import { LineSegmentsGeometry } from 'three/examples/jsm/lines/LineSegmentsGeometry.js';
import type { Slab } from './arrange.ts';
import { axes, type Spot, slabHeight } from './isometric.ts';

/** Radius of a quiet detector on a floor, in rem. */
const dotRadius = 0.22;
/** Between one slab of the stack and the next towards the viewer: more than any building is wide. Pixels. */
const depthStep = 20_000;

/** What a slab says: nothing, that its floor is touched, and how gravely. */
export interface SlabLook extends Slab {
  fill: string;
  side: string;
  edge: string;
  /** Width of its edges in rem. */
  line: number;
  /** Quiet detectors that are drawn on it. */
  dots: readonly Spot[];
}

export interface BuildingPicture {
  /** Of every floor. */
  outline: readonly Spot[];
  width: number;
  height: number;
  /** Pixels of the screen to one of these. */
  ratio: number;
  rem: number;
  dot: string;
  /** Those nearest to the viewer last. */
  slabs: readonly SlabLook[];
}

/** A storey's solid and its edges. */
interface Storey {
  body: ExtrudeGeometry;
  edges: LineSegmentsGeometry;
}

/**
 * Draws the floors of buildings, one picture after the other, with the one GL context and the few shaders that it has for
 * good: in software, to make them and to give them back took seconds, since the graphics process first draws all else.
 */
export class BuildingScene {
  readonly #renderer: WebGLRenderer;
  readonly #scene = new Scene();
  readonly #camera = new OrthographicCamera(0, 1, 1, 0, 0, 2 * depthStep * 200);
  readonly #disc = new CircleGeometry(1, 16).rotateX(-Math.PI / 2);
  readonly #fills = new Map<string, MeshBasicMaterial>();
  readonly #lines = new Map<string, LineMaterial>();
  #drawn = new Group();

  /** Throws when the browser has no WebGL. */
  constructor(canvas: OffscreenCanvas) {
    this.#renderer = new WebGLRenderer({
      canvas,
      antialias: true,
      alpha: true,
      powerPreference: 'low-power',
    });
    this.#renderer.outputColorSpace = SRGBColorSpace;
    this.#camera.up.set(...axes.up);
    this.#camera.position.set(...axes.towards).multiplyScalar(depthStep * 200);
    this.#camera.lookAt(0, 0, 0);
  }

  /** What is drawn stands on the canvas until the end of the task. */
  draw({ outline, width, height, ratio, rem, dot, slabs }: BuildingPicture): void {
    Object.assign(this.#camera, { left: 0, right: width, top: height, bottom: 0 });
    this.#camera.updateProjectionMatrix();
    this.#renderer.setPixelRatio(ratio);
    this.#renderer.setSize(width, height, false);
    const storey = storeyOf(outline);
    for (const [i, slab] of slabs.entries()) this.#drawn.add(this.#slab(slab, storey, { i, rem, dot }));
    this.#scene.add(this.#drawn);
    this.#renderer.render(this.#scene, this.#camera);
    this.#clear(storey);
  }

  #slab(slab: SlabLook, { body, edges }: Storey, at: { i: number; rem: number; dot: string }): Group {
    const group = new Group();
    group.add(new Mesh(body, [this.#fill(slab.fill), this.#fill(slab.side)]));
    group.add(new LineSegments2(edges, this.#line(slab.edge, Math.max(1, slab.line * at.rem))));
    if (slab.dots.length > 0) group.add(this.#dots(slab, at));
    const depth = at.i * depthStep;
    const along = [0, 1, 2] as const;
    const place = along.map((k) => axes.right[k] * slab.x + axes.up[k] * slab.y + axes.towards[k] * depth);
    group.position.fromArray(place);
    group.scale.setScalar(slab.scale);
    return group;
  }

  #dots({ dots, scale }: SlabLook, { rem, dot }: { rem: number; dot: string }): InstancedMesh {
    const mesh = new InstancedMesh(this.#disc, this.#fill(dot), dots.length);
    const size = (dotRadius * rem) / scale;
    const matrix = new Matrix4();
    for (const [i, { east, south }] of dots.entries())
      mesh.setMatrixAt(
        i,
        matrix.makeScale(size, 1, size).setPosition(east, slabHeight + 0.02 / scale, south),
      );
    return mesh;
  }

  /** A material of each look is kept: with the last one of a kind three would throw its shader away. */
  #fill(colour: string): MeshBasicMaterial {
    const known = this.#fills.get(colour) ?? new MeshBasicMaterial({ color: colour });
    this.#fills.set(colour, known);
    return known;
  }

  #line(colour: string, width: number): LineMaterial {
    const key = `${colour} ${width}`;
    const known =
      this.#lines.get(key) ?? new LineMaterial({ color: new Color(colour).getHex(), linewidth: width });
    this.#lines.set(key, known);
    return known;
  }

  #clear({ body, edges }: Storey): void {
    body.dispose();
    edges.dispose();
    this.#drawn.traverse((object) => {
      if (object instanceof InstancedMesh) object.dispose();
    });
    this.#scene.remove(this.#drawn);
    this.#drawn = new Group();
  }
}

function storeyOf(outline: readonly Spot[]): Storey {
  const [first, ...others] = outline.map(({ east, south }) => [east, -south] as const);
  const shape = new Shape().moveTo(...(first ?? [0, 0]));
  for (const corner of others) shape.lineTo(...corner);
  const body = new ExtrudeGeometry(shape.closePath(), { depth: slabHeight, bevelEnabled: false });
  body.rotateX(-Math.PI / 2);
  const corners = new EdgesGeometry(body, 20);
  const edges = new LineSegmentsGeometry().fromEdgesGeometry(corners);
  corners.dispose();
  return { body, edges };
}
