import { useQuery } from '@tanstack/react-query';
import { useCallback, useEffectEvent, useMemo, useState } from 'react';
import { useMe } from '../../../api/me.ts';
import { useTexts } from '../../../i18n/index.ts';
import { nameOf } from '../kinds.ts';
import { Opening } from '../opening.tsx';
import { NotOpened } from '../viewer-boundary.tsx';
import { useAttempt } from './attempt.ts';
import { packageTexts } from './i18n.ts';
import { encodePath, type PackageProps } from './package-props.ts';
import styles from './packages.module.css';
import { PartList } from './part-list.tsx';
import { packageTextQuery } from './queries.ts';
import { SandboxFrame } from './sandbox-frame.tsx';
import { beginning } from './scorm-beginning.ts';
import { fileOf, readManifest, type ScormItem, type ScormManifest } from './scorm-manifest.ts';
import { SinglePage } from './single-page.tsx';
import { StandingBar } from './standing-bar.tsx';

/** A SCORM package: its parts, the one that is learnt, and how far the member has come with it. */
export function ScormPlayer({ manifest, ...props }: PackageProps & { manifest: string }) {
  const t = useTexts(packageTexts);
  const { data: xml, error } = useQuery(packageTextQuery(props.base + encodePath(manifest)));
  const folder = manifest.slice(0, manifest.lastIndexOf('/') + 1);
  const read = useMemo(() => (xml === undefined ? undefined : manifestIn(xml, folder)), [xml, folder]);
  const [picked, setChosen] = useState<number>();
  if (error) return <NotOpened />;
  if (read === undefined) return <Opening path={props.file.path} />;
  if (read === null) return <NotOpened because={t('manifest.unreadable')} />;
  const asked = read.items.findIndex(({ href }) => fileOf(href) === props.entry);
  if (props.entry !== undefined && asked === -1 && picked === undefined)
    return <SinglePage {...props} entry={props.entry} onStart={() => setChosen(0)} />;
  const chosen = picked ?? Math.max(0, asked);
  const item = read.items[chosen];
  if (!item) return <NotOpened because={t('empty')} />;
  return (
    <div className={styles.body}>
      {read.items.length > 1 && (
        <PartList label={t('parts')} current={item.title}>
          {read.items.map(({ id, title }, index) => (
            <button
              key={id}
              type="button"
              className={styles.item}
              aria-current={index === chosen}
              onClick={() => setChosen(index)}
            >
              {title}
            </button>
          ))}
        </PartList>
      )}
      <Part
        key={item.id}
        {...props}
        item={item}
        runtime={read.runtime}
        onGo={(to) => setChosen(placeAfter(read.items, chosen, to))}
      />
    </div>
  );
}

type PartProps = PackageProps & {
  item: ScormItem;
  runtime: ScormManifest['runtime'];
  onGo: (to: Record<string, unknown>) => void;
};

function Part({ file, of, play, has, item, runtime, onGo }: PartProps) {
  const t = useTexts(packageTexts);
  const { me: member, isPending } = useMe();
  const { before, latest, loss, error, keepCmi } = useAttempt({ file, of }, item.id);
  const go = useEffectEvent(onGo);
  const onSaid = useCallback(
    (said: Record<string, unknown>) => ('go' in said ? go(said) : keepCmi(said.cmi)),
    [keepCmi],
  );
  // What was noted at the beginning stays what the frame is given: another name would load it anew.
  const given = useMemo(
    () =>
      before &&
      !isPending && {
        runtime,
        cmi: beginning(runtime, before.cmi, item.asks, { id: member?.id ?? '', name: member?.name ?? '' }),
      },
    [before, isPending, runtime, item.asks, member?.id, member?.name],
  );
  const { path } = file;
  const start = fileOf(item.href);
  if (!has(start)) return <NotOpened because={t('start.missing', { path: start })} />;
  if (error) return <NotOpened />;
  if (!latest || !given) return <Opening path={path} />;
  return (
    <div className={styles.package} style={{ flex: 1, minWidth: 0 }}>
      <SandboxFrame
        src={play + addressOf(item.href)}
        title={item.title || nameOf(path)}
        given={given}
        onSaid={onSaid}
        joins
      />
      <StandingBar attempt={latest} loss={loss} />
    </div>
  );
}

/** null when it cannot be read */
function manifestIn(xml: string, folder: string): ScormManifest | null {
  try {
    return readManifest(xml, folder);
  } catch {
    return null; // said by the player
  }
}

/**
 * The part that comes when a package asks for another (`adl.nav.request`, 2004 4th ed. SN 5.6; `nav.event` of 1.2): the
 * parts are taken in their order, whatever rules of sequencing the manifest has. Who leaves, stays where they are.
 */
function placeAfter(items: readonly ScormItem[], at: number, { go, item }: Record<string, unknown>): number {
  const wanted =
    go === 'next'
      ? at + 1
      : go === 'previous'
        ? at - 1
        : go === 'item'
          ? items.findIndex(({ id }) => id === item)
          : at;
  return items[wanted] ? wanted : at;
}

/** Paths in a manifest may be encoded or not. */
function addressOf(href: string): string {
  const [, path = '', rest = ''] = /^([^?#]*)(.*)$/s.exec(href) ?? [];
  try {
    return encodePath(decodeURIComponent(path)) + rest;
  } catch {
    return encodePath(path) + rest;
  }
}
