import type { PipelineStage } from 'mongoose';
import { ResourceModel } from './model.ts';

export interface Numbers {
  /** Published resources, and the bytes of their newest versions. */
  total: number;
  bytes: number;
  byKind: Record<string, number>;
  byMaterialType: Record<string, number>;
  byOrganisation: Record<string, number>;
  /** Those whose newest version is from `renewedSince` or later. */
  renewed: number;
}

/** Counts what is published, of one organisation or of all. For reports; who may ask is decided there. */
export async function resourceNumbers(
  { organisation }: { organisation?: string | undefined },
  renewedSince: Date,
): Promise<Numbers> {
  const pipeline: PipelineStage[] = [
    {
      $match: {
        'published.number': { $gte: 1 },
        state: { $ne: 'withdrawn' },
        ...(organisation !== undefined && { organisation }),
      },
    },
    {
      $group: {
        _id: { kind: '$kind', materialType: '$published.materialType', organisation: '$organisation' },
        total: { $sum: 1 },
        bytes: { $sum: '$published.bytes' },
        renewed: { $sum: { $cond: [{ $gte: ['$published.publishedAt', renewedSince] }, 1, 0] } },
      },
    },
  ];
  const groups = await ResourceModel.aggregate<Group>(pipeline);
  const numbers: Numbers = {
    total: 0,
    bytes: 0,
    byKind: {},
    byMaterialType: {},
    byOrganisation: {},
    renewed: 0,
  };
  for (const { _id, total, bytes, renewed } of groups) {
    numbers.total += total;
    numbers.bytes += bytes;
    numbers.renewed += renewed;
    add(numbers.byKind, _id.kind, total);
    add(numbers.byMaterialType, _id.materialType ?? '', total);
    add(numbers.byOrganisation, _id.organisation, total);
  }
  return numbers;
}

interface Group {
  _id: { kind: string; materialType?: string | null; organisation: string };
  total: number;
  bytes: number;
  renewed: number;
}

function add(counts: Record<string, number>, key: string, count: number): void {
  counts[key] = (counts[key] ?? 0) + count;
}
