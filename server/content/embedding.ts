import { type Member, visitor } from '../access/index.ts';
import { escapeHtml, Problem } from '../http/index.ts';
import { contentFor } from '../resources/index.ts';

const largest = { width: 960, height: 640 };

/** How a resource is put into the page of another site (oEmbed 1.0, section 2.3.4.4, type rich). */
export function embedOf(
  { id, title, origin, provider }: { id: string; title: string; origin: string; provider: string },
  most: { width?: number | undefined; height?: number | undefined },
) {
  const width = Math.min(most.width ?? largest.width, largest.width);
  const height = Math.min(most.height ?? largest.height, largest.height);
  return {
    version: '1.0' as const,
    type: 'rich' as const,
    title,
    provider_name: provider,
    html: `<iframe src="${origin}/embed/${id}" title="${escapeHtml(title)}" width="${width}" height="${height}" style="border:0" allow="fullscreen; xr-spatial-tracking" loading="lazy"></iframe>`,
    width,
    height,
  };
}

/** The resource whose page, or embedded page, is at an address of this product, by whichever name it is reached. */
export function resourceAt(address: string, origins: readonly string[]): string | undefined {
  if (!URL.canParse(address)) return undefined;
  const { origin, pathname } = new URL(address);
  if (!origins.includes(origin)) return undefined;
  return /^\/(?:resources|embed)\/([0-9a-f]{24})\/?$/.exec(pathname)?.[1];
}

/** The title of a published resource; undefined for what the member may not know of, drafts and what was withdrawn. */
export async function titleFor(member: Member, id: string): Promise<string | undefined> {
  try {
    return (await contentFor(member, id, 'newest')).content.title;
  } catch (error) {
    if (error instanceof Problem) return undefined;
    throw error;
  }
}

/**
 * The element that tells other sites how to embed the resource whose page is asked for (oEmbed 1.0, section 4); empty
 * for every other page, and for a resource that visitors may not know of.
 */
export async function embedDiscovery(path: string, origin: string): Promise<string> {
  const [, id] = /^\/resources\/([0-9a-f]{24})\/?$/.exec(path) ?? [];
  if (id === undefined) return '';
  const title = await titleFor(visitor, id);
  if (title === undefined) return '';
  const page = encodeURIComponent(`${origin}/resources/${id}`);
  const href = `${origin}/api/oembed?url=${page}&format=json`;
  return `<link rel="alternate" type="application/json+oembed" href="${escapeHtml(href)}" title="${escapeHtml(title)}" />`;
}
