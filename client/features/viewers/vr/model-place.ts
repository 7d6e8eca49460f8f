import {
  AnimationMixer,
  Box3,
  CanvasTexture,
  Color,
  CylinderGeometry,
  DirectionalLight,
  Fog,
  type Material,
  Mesh,
  MeshStandardMaterial,
  type Object3D,
  PlaneGeometry,
  PMREMGenerator,
  RepeatWrapping,
  Scene,
  SRGBColorSpace,
  Texture,
  Vector3,
  type WebGLRenderer,
} from 'three';
import { RoomEnvironment } from 'three/examples/jsm/environments/RoomEnvironment.js';
import { MeshoptDecoder } from 'three/examples/jsm/libs/meshopt_decoder.module.js';
import { DRACOLoader } from 'three/examples/jsm/loaders/DRACOLoader.js';
import { GLTFLoader } from 'three/examples/jsm/loaders/GLTFLoader.js';
import { KTX2Loader } from 'three/examples/jsm/loaders/KTX2Loader.js';
import { Exhibit, type Exhibited } from './exhibit.ts';
import { HintPlate } from './hint-plate.ts';
import type { Place } from './place.ts';
import { Variants } from './variants.ts';

/** Metres between the visitor and what is nearest of the model. */
const distance = 1.2;
/** What is lower than this stands on a plinth, so that nobody has to kneel down. */
const low = 0.6;
const plinth = 0.9;
/** Metres from one end of the hall to the other, and the colour in which it gets lost. */
const hall = 60;
const wall = 0xd8d4cc;

/** A hall in which a model stands on the floor, at its real size, in front of the visitor. @throws when it cannot be read */
export async function modelPlace(
  renderer: WebGLRenderer,
  leave: () => Promise<void>,
  { url, hints, ...exhibited }: Exhibited & { url: string; hints: readonly string[] },
): Promise<Place> {
  const gltf = await read(renderer, url);
  const { scene: model, animations } = gltf;
  const scene = new Scene();
  scene.background = new Color(wall);
  const pmrem = new PMREMGenerator(renderer);
  const environment = pmrem.fromScene(new RoomEnvironment(), 0.04);
  pmrem.dispose();
  scene.environment = environment.texture;
  const sun = new DirectionalLight(0xffffff, 0.8);
  sun.position.set(2, 5, 3);
  scene.fog = new Fog(wall, 6, hall / 2);
  const hint = new HintPlate(hints);
  hint.mesh.position.set(-0.7, 1.35, -1.2);
  hint.mesh.lookAt(0, 1.6, 0);
  scene.add(sun, tiles(renderer), hint.mesh, ...stand(model));

  const variants = new Variants(gltf);
  const exhibit = new Exhibit(model, variants, exhibited, leave);
  const { guide } = exhibit;
  scene.add(guide.marks.group);
  const mixer = new AnimationMixer(model);
  const [first] = animations;
  if (first) mixer.clipAction(first).play();
  return {
    scene,
    hasFloor: true,
    onFrame(seconds, eyes, view) {
      if (exhibit.isWhole) mixer.update(seconds); // an animation would put parts back
      hint.onFrame(seconds);
      exhibit.onFrame(seconds, eyes, view);
    },
    guide,
    hint,
    dispose() {
      guide.dispose();
      for (const material of variants.materials()) releaseMaterial(material);
      environment.dispose();
      hint.dispose();
      scene.traverse(release);
    },
  };
}

/** A floor of tiles a metre wide, by which one sees how large a thing is. */
function tiles(renderer: WebGLRenderer): Mesh {
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = 256;
  const pen = canvas.getContext('2d');
  if (pen) {
    pen.fillStyle = '#b9b4aa';
    pen.fillRect(0, 0, 256, 256);
    pen.strokeStyle = '#8d887f';
    pen.lineWidth = 3;
    pen.strokeRect(0, 0, 256, 256);
  }
  const map = new CanvasTexture(canvas);
  map.colorSpace = SRGBColorSpace;
  map.wrapS = map.wrapT = RepeatWrapping;
  map.repeat.set(hall, hall);
  map.anisotropy = renderer.capabilities.getMaxAnisotropy();
  // In small pieces: graphics drivers lose depth in triangles as large as a hall.
  const floor = new Mesh(
    new PlaneGeometry(hall, hall, hall, hall),
    new MeshStandardMaterial({ map, roughness: 1 }),
  );
  floor.rotation.x = -Math.PI / 2;
  return floor;
}

/** Puts the model where it is to stand, on a plinth where it needs one. */
function stand(model: Object3D): Object3D[] {
  const box = new Box3().setFromObject(model);
  const [size, middle] = [box.getSize(new Vector3()), box.getCenter(new Vector3())];
  const height = size.y < low ? plinth : 0;
  model.position.add(new Vector3(-middle.x, height - box.min.y, -(distance + size.z / 2) - middle.z));
  if (height === 0) return [model];
  const radius = Math.max(0.15, Math.hypot(size.x, size.z) / 2 + 0.05);
  const under = new Mesh(
    new CylinderGeometry(radius, radius, height, 48),
    new MeshStandardMaterial({ color: 0xf2efe9, roughness: 0.9 }),
  );
  under.position.set(0, height / 2, -(distance + size.z / 2));
  return [model, under];
}

/** Reads a model by the decoders that lie with us. */
async function read(renderer: WebGLRenderer, url: string) {
  const draco = new DRACOLoader().setDecoderPath('/viewers/gltf/draco/');
  const ktx2 = new KTX2Loader().setTranscoderPath('/viewers/gltf/basis/').detectSupport(renderer);
  try {
    const loader = new GLTFLoader().setDRACOLoader(draco).setKTX2Loader(ktx2);
    return await loader.setMeshoptDecoder(MeshoptDecoder).loadAsync(url);
  } finally {
    draco.dispose();
    ktx2.dispose();
  }
}

function release(node: Object3D): void {
  if (!(node instanceof Mesh)) return;
  node.geometry.dispose();
  for (const material of [node.material].flat()) releaseMaterial(material);
}

function releaseMaterial(material: Material): void {
  for (const value of Object.values(material)) if (value instanceof Texture) value.dispose();
  material.dispose();
}
