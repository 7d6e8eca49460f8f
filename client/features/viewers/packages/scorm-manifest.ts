/** A part of a SCORM package that is learnt on its own. */
export interface ScormItem {
  readonly id: string;
  readonly title: string;
  /** Address in the package, with its parameters. */
  readonly href: string;
  readonly asks: ScormAsks;
}

/** What a manifest asks of the platform for a part, as it stands there; what it does not say is missing. */
export interface ScormAsks {
  /** Points that are needed to pass (1.2). */
  readonly mastery?: string;
  /** The share of points from -1 to 1 that is needed to pass (2004). */
  readonly passing?: string;
  /** The share of progress that is needed to complete (2004). */
  readonly completion?: string;
  readonly longest?: string;
  readonly atLimit?: string;
  readonly data?: string;
  /** Identifiers of its objectives (2004). */
  readonly objectives?: readonly string[];
}

export interface ScormManifest {
  readonly runtime: 'scorm12' | 'scorm2004';
  readonly title: string;
  readonly items: readonly ScormItem[];
}

/** Reads an `imsmanifest.xml` (SCORM 1.2 CAM 2.3; 2004 4th ed. CAM 3.4). @throws when it is none */
export function readManifest(xml: string, folder: string): ScormManifest {
  const document = new DOMParser().parseFromString(xml, 'application/xml');
  const manifest = document.documentElement;
  if (manifest.localName !== 'manifest' || document.querySelector('parsererror'))
    throw new Error('The package has no readable manifest');
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
    return href === undefined ? [] : [{ id, title: own(item, 'title') || id, href, asks: asksOf(item) }];
  });
  const alone = all(manifest, 'resource').find((one) => one.hasAttribute('href'));
  const href = alone && addressOf(alone, undefined, folder);
  return {
    runtime: /^(1\.2|1\.1)/.test(version) || version === '' ? 'scorm12' : 'scorm2004',
    title: organization ? own(organization, 'title') : '',
    items: items.length > 0 || href === undefined ? items : [{ id: '', title: '', href, asks: {} }],
  };
}

/** SCORM 1.2 CAM 2.3.2.4 to 2.3.2.7; 2004 4th ed. CAM 3.4.1.13 to 3.4.1.15, SN 3.10. */
function asksOf(item: Element): ScormAsks {
  const sequencing = ownElement(item, 'sequencing');
  const primary = sequencing && all(sequencing, 'primaryObjective')[0];
  const limits = sequencing && all(sequencing, 'limitConditions')[0];
  const threshold = ownElement(item, 'completionThreshold');
  const isByMeasure = primary?.getAttribute('satisfiedByMeasure') === 'true';
  const measure = primary && firstText(primary, 'minNormalizedMeasure');
  const objectives = sequencing
    ? [primary, ...all(sequencing, 'objective')].flatMap((one) => one?.getAttribute('objectiveID') || [])
    : [];
  const said = {
    mastery: own(item, 'masteryscore'),
    passing: isByMeasure ? measure || '1' : '',
    completion:
      threshold?.getAttribute('completedByMeasure') === 'false'
        ? ''
        : (threshold?.getAttribute('minProgressMeasure') ?? threshold?.textContent?.trim()),
    longest: own(item, 'maxtimeallowed') || limits?.getAttribute('attemptAbsoluteDurationLimit'),
    atLimit: own(item, 'timelimitaction') || own(item, 'timeLimitAction'),
    data: own(item, 'datafromlms') || own(item, 'dataFromLMS'),
    objectives: objectives.length > 0 && objectives,
  };
  return Object.fromEntries(Object.entries(said).filter(([, value]) => value));
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
const ownElement = (within: Element, name: string): Element | undefined =>
  [...within.children].find((child) => child.localName === name);
const own = (within: Element, name: string): string => ownElement(within, name)?.textContent?.trim() ?? '';
