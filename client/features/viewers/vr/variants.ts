import { type Material, Mesh, type Object3D } from 'three';
import type { GLTF } from 'three/examples/jsm/loaders/GLTFLoader.js';

const name = 'KHR_materials_variants';

interface Told {
  gltfExtensions?: Record<string, unknown>;
}
interface Mapping {
  material: number;
  variants: readonly number[];
}

/** The looks that a model can have (KHR_materials_variants); three.js reads them, but leaves the choice to us. */
export class Variants {
  readonly names: readonly string[];
  readonly #gltf: GLTF;
  readonly #own = new Map<Mesh, Material | Material[]>();
  readonly #worn = new Set<Material>();
  /** Which was asked for last: materials may come late. */
  #asked = 0;

  constructor(gltf: GLTF) {
    this.#gltf = gltf;
    const told = (gltf.userData as Told).gltfExtensions?.[name] as
      | { variants?: readonly { name: string }[] }
      | undefined;
    this.names = told?.variants?.map((variant) => variant.name) ?? [];
  }

  /** Puts one on; whatever it says nothing of looks as at first, and all of it with -1. */
  async wear(variant: number): Promise<void> {
    const asked = ++this.#asked;
    const meshes: Mesh[] = [];
    this.#gltf.scene.traverse((node: Object3D) => node instanceof Mesh && meshes.push(node));
    await Promise.all(
      meshes.map(async (mesh) => {
        const own = this.#own.get(mesh) ?? mesh.material;
        this.#own.set(mesh, own);
        const mapping = mappingsOf(mesh).find(({ variants }) => variants.includes(variant));
        const other =
          mapping && ((await this.#gltf.parser.getDependency('material', mapping.material)) as Material);
        if (asked !== this.#asked) return;
        mesh.material = other ?? own;
        if (!other) return;
        this.#gltf.parser.assignFinalMaterial(mesh);
        for (const one of [mesh.material].flat()) this.#worn.add(one);
      }),
    );
  }

  /** Every material that is not on the model now. */
  materials(): Material[] {
    return [...[...this.#own.values()].flat(), ...this.#worn];
  }
}

const mappingsOf = ({ userData }: Mesh): readonly Mapping[] =>
  ((userData as Told).gltfExtensions?.[name] as { mappings?: readonly Mapping[] } | undefined)?.mappings ??
  [];
