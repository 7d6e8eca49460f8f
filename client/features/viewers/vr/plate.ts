import { CanvasTexture, Mesh, MeshBasicMaterial, PlaneGeometry, SRGBColorSpace } from 'three';

export type Plate = Mesh<PlaneGeometry, MeshBasicMaterial>;

const fonts = 'system-ui, "PingFang SC", "Microsoft YaHei", "Noto Sans SC", sans-serif';

/** Type of so many pixels, in what the device has for Chinese. */
export const type = (pixels: number, weight: 400 | 600 = 400): string => `${weight} ${pixels}px ${fonts}`;

/** A pen for so many pixels; none where a device has no memory left for it. */
export function sheetOf(width: number, height: number) {
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  const pen = canvas.getContext('2d');
  if (pen) pen.textBaseline = 'middle';
  return { canvas, pen };
}

/** A dark sheet with rounded corners, and a white pen for it. */
export function darkSheetOf(width: number, height: number, radius: number) {
  const { canvas, pen } = sheetOf(width, height);
  if (pen) {
    pen.fillStyle = '#1f1d1b';
    pen.roundRect(0, 0, width, height, radius);
    pen.fill();
    pen.fillStyle = '#fff';
  }
  return { canvas, pen };
}

/**
 * Something written, as a thing in the room.
 * @param breadth in metres; its height follows
 */
export function plateOf(canvas: HTMLCanvasElement, breadth: number): Plate {
  const map = new CanvasTexture(canvas);
  map.colorSpace = SRGBColorSpace;
  map.anisotropy = 8; // what is looked at from the side stays legible
  return new Mesh(
    new PlaneGeometry(breadth, (breadth * canvas.height) / canvas.width),
    new MeshBasicMaterial({ map, transparent: true, toneMapped: false, fog: false }),
  );
}

/** Shows a plate through whatever stands before it. */
export function inFront(plate: Plate, order: number): Plate {
  plate.material.depthTest = false;
  plate.renderOrder = order;
  return plate;
}

export function releasePlate(plate: Plate): void {
  plate.removeFromParent();
  plate.geometry.dispose();
  plate.material.map?.dispose();
  plate.material.dispose();
}
