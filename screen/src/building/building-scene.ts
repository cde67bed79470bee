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
import { axes, type Spot } from './isometric.ts';

/** Height of a slab in metres: what of a storey is drawn, so that the floor itself can be seen. */
export const slabHeight = 1.1;

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
  width: number;
  height: number;
  rem: number;
  dot: string;
  /** Those nearest to the viewer last. */
  slabs: readonly SlabLook[];
}

/** Draws the floors of one building. Draws when it is told to, and holds one GL context until it is stopped. */
export class BuildingScene {
  readonly #renderer: WebGLRenderer;
  readonly #scene = new Scene();
  readonly #camera = new OrthographicCamera(0, 1, 1, 0, 0, 2 * depthStep * 200);
  readonly #body: ExtrudeGeometry;
  readonly #edges: LineSegmentsGeometry;
  readonly #disc = new CircleGeometry(1, 16).rotateX(-Math.PI / 2);
  #drawn = new Group();

  /** Throws when the browser has no WebGL. */
  constructor(canvas: HTMLCanvasElement, outline: readonly Spot[]) {
    this.#renderer = new WebGLRenderer({
      canvas,
      antialias: true,
      alpha: true,
      powerPreference: 'low-power',
    });
    this.#renderer.outputColorSpace = SRGBColorSpace;
    const [first, ...others] = outline.map(({ east, south }) => [east, -south] as const);
    const shape = new Shape().moveTo(...(first ?? [0, 0]));
    for (const corner of others) shape.lineTo(...corner);
    this.#body = new ExtrudeGeometry(shape.closePath(), { depth: slabHeight, bevelEnabled: false });
    this.#body.rotateX(-Math.PI / 2);
    const edges = new EdgesGeometry(this.#body, 20);
    this.#edges = new LineSegmentsGeometry().fromEdgesGeometry(edges);
    edges.dispose();
    this.#camera.up.set(...axes.up);
    this.#camera.position.set(...axes.towards).multiplyScalar(depthStep * 200);
    this.#camera.lookAt(0, 0, 0);
  }

  draw({ width, height, rem, dot, slabs }: BuildingPicture): void {
    this.#clear();
    Object.assign(this.#camera, { left: 0, right: width, top: height, bottom: 0 });
    this.#camera.updateProjectionMatrix();
    this.#renderer.setPixelRatio(Math.min(2, devicePixelRatio));
    this.#renderer.setSize(width, height, false);
    for (const [i, slab] of slabs.entries())
      this.#drawn.add(this.#slab(slab, { i, rem, dot, width, height }));
    this.#scene.add(this.#drawn);
    this.#renderer.render(this.#scene, this.#camera);
  }

  stop(): void {
    this.#clear();
    this.#body.dispose();
    this.#edges.dispose();
    this.#disc.dispose();
    this.#renderer.dispose();
    this.#renderer.forceContextLoss();
  }

  #slab(slab: SlabLook, at: { i: number; rem: number; dot: string; width: number; height: number }): Group {
    const group = new Group();
    const materials = [slab.fill, slab.side].map((colour) => new MeshBasicMaterial({ color: colour }));
    group.add(new Mesh(this.#body, materials));
    const line = new LineMaterial({
      color: new Color(slab.edge).getHex(),
      linewidth: Math.max(1, slab.line * at.rem),
    });
    line.resolution.set(at.width, at.height);
    group.add(new LineSegments2(this.#edges, line));
    if (slab.dots.length > 0) group.add(this.#dots(slab, at));
    const depth = at.i * depthStep;
    const along = [0, 1, 2] as const;
    const place = along.map((k) => axes.right[k] * slab.x + axes.up[k] * slab.y + axes.towards[k] * depth);
    group.position.fromArray(place);
    group.scale.setScalar(slab.scale);
    return group;
  }

  #dots({ dots, scale }: SlabLook, { rem, dot }: { rem: number; dot: string }): InstancedMesh {
    const mesh = new InstancedMesh(this.#disc, new MeshBasicMaterial({ color: dot }), dots.length);
    const size = (dotRadius * rem) / scale;
    const matrix = new Matrix4();
    for (const [i, { east, south }] of dots.entries())
      mesh.setMatrixAt(
        i,
        matrix.makeScale(size, 1, size).setPosition(east, slabHeight + 0.02 / scale, south),
      );
    return mesh;
  }

  #clear(): void {
    this.#drawn.traverse((object) => {
      if (object instanceof InstancedMesh) object.dispose();
      if (object instanceof Mesh) for (const material of [object.material].flat()) material.dispose();
    });
    this.#scene.remove(this.#drawn);
    this.#drawn = new Group();
  }
}
