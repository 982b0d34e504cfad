import type { Box } from './boxes.ts';
import { type Ground, keyOf } from './find-route.ts';

/** The grid points that arrows keep clear of, for boxes in a picture of this size (in cells). */
export function groundOf(
  boxes: readonly Box[],
  extent: { readonly width: number; readonly height: number },
): Ground {
  const ground = new Map<string, 'blocked' | 'close'>();
  for (let x = 0; x <= extent.width; x++) {
    for (let y = 0; y <= extent.height; y++) {
      const isEdge = x === 0 || y === 0 || x === extent.width || y === extent.height;
      if (isEdge || boxes.some((box) => isWithin(x, y, box, 0))) ground.set(keyOf({ x, y }), 'blocked');
      else if (boxes.some((box) => isWithin(x, y, box, 1))) ground.set(keyOf({ x, y }), 'close');
    }
  }
  return ground;
}

function isWithin(x: number, y: number, box: Box, around: number): boolean {
  return (
    x >= box.left - around &&
    x <= box.left + box.width + around &&
    y >= box.top - around &&
    y <= box.top + box.height + around
  );
}
