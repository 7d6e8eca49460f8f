/** A part of a SCORM package that is learnt on its own. */
export interface ScormItem {
  readonly id: string;
  readonly title: string;
  /** Address in the package, with its parameters. */
  readonly href: string;
}

export interface ScormManifest {
  readonly runtime: 'scorm12' | 'scorm2004';
  readonly title: string;
  readonly items: readonly ScormItem[];
}

/** Reads an `imsmanifest.xml` (SCORM 1.2 CAM 2.3; 2004 4th ed. CAM 3.4). @throws when it is none */
export function readManifest(xml: string, folder: string): ScormManifest {
  const manifest = new DOMParser().parseFromString(xml, 'application/xml').documentElement;
  if (manifest.localName !== 'manifest') throw new Error('The package has no readable manifest');
  const version = firstText(manifest, 'schemaversion');
  const resources = new Map(
    all(manifest, 'resource').map((resource) => [resource.getAttribute('identifier') ?? '', resource]),
  );
  const wanted = all(manifest, 'organizations')[0]?.getAttribute('default');
  const organizations = all(manifest, 'organization');
  const organization =
    organizations.find((one) => one.getAttribute('identifier') === wanted) ?? organizations[0];
  const items = all(organization ?? manifest, 'item').flatMap((item) => {
    const resource = resources.get(item.getAttribute('identifierref') ?? '');
    const href = resource && addressOf(resource, item, folder);
    const id = item.getAttribute('identifier') ?? '';
    return href === undefined ? [] : [{ id, title: own(item, 'title') || id, href }];
  });
  const alone = all(manifest, 'resource').find((one) => one.hasAttribute('href'));
  const href = alone && addressOf(alone, undefined, folder);
  return {
    runtime: /^(1\.2|1\.1)/.test(version) || version === '' ? 'scorm12' : 'scorm2004',
    title: organization ? own(organization, 'title') : '',
    items: items.length > 0 || href === undefined ? items : [{ id: '', title: '', href }],
  };
}

/** The path in the package that an address leads to. */
export function fileOf(href: string): string {
  const path = new URL(href, 'http://package/').pathname.slice(1);
  return decodeURIComponent(path).normalize('NFC');
}

/** `xml:base` of manifest, resources and resource stand before the address; the item's parameters behind it. */
function addressOf(resource: Element, item: Element | undefined, folder: string): string | undefined {
  const href = resource.getAttribute('href');
  if (href === null) return undefined;
  let base = '';
  for (let at: Element | null = resource; at; at = at.parentElement)
    base = (at.getAttribute('xml:base') ?? '') + base;
  const parameters = (item?.getAttribute('parameters') ?? '').replace(/^[?&]+/, '');
  const joint = parameters === '' || parameters.startsWith('#') ? '' : href.includes('?') ? '&' : '?';
  return folder + base + href + joint + parameters;
}

const all = (within: Element, name: string): Element[] => [...within.getElementsByTagNameNS('*', name)];
const firstText = (within: Element, name: string): string => all(within, name)[0]?.textContent?.trim() ?? '';
const own = (within: Element, name: string): string =>
  [...within.children].find((child) => child.localName === name)?.textContent?.trim() ?? '';
