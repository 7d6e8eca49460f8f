import { useQuery } from '@tanstack/react-query';
import { useCallback, useMemo, useState } from 'react';
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
import { type Attempt, packageTextQuery } from './queries.ts';
import { SandboxFrame } from './sandbox-frame.tsx';
import { fileOf, readManifest, type ScormItem, type ScormManifest } from './scorm-manifest.ts';
import { SinglePage } from './single-page.tsx';
import { StandingBar } from './standing-bar.tsx';

/** A SCORM package: its parts, the one that is learnt, and how far the member has come with it. */
export function ScormPlayer({ manifest, ...props }: PackageProps & { manifest: string }) {
  const t = useTexts(packageTexts);
  const { data: xml, error } = useQuery(packageTextQuery(props.base + encodePath(manifest)));
  const folder = manifest.slice(0, manifest.lastIndexOf('/') + 1);
  const read = useMemo(() => (xml === undefined ? undefined : readManifest(xml, folder)), [xml, folder]);
  const [picked, setChosen] = useState<number>();
  if (error) return <NotOpened />;
  if (!read) return <Opening path={props.file.path} />;
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
      <Part key={item.id} {...props} item={item} runtime={read.runtime} />
    </div>
  );
}

type PartProps = PackageProps & { item: ScormItem; runtime: ScormManifest['runtime'] };

function Part({ file, of, play, item, runtime }: PartProps) {
  const { me: member, isPending } = useMe();
  const { before, latest, isLost, error, keepCmi } = useAttempt({ file, of }, item.id);
  const onSaid = useCallback(({ cmi }: Record<string, unknown>) => keepCmi(cmi), [keepCmi]);
  // What was noted at the beginning stays what the frame is given: another name would load it anew.
  const given = useMemo(
    () =>
      before &&
      !isPending && {
        runtime,
        cmi: beginning(runtime, before, { id: member?.id ?? '', name: member?.name ?? '' }),
      },
    [before, isPending, runtime, member?.id, member?.name],
  );
  const { path } = file;
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
      <StandingBar attempt={latest} isLost={isLost} />
    </div>
  );
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

/** The data model that a learner begins with: what was noted last, under today's name. */
function beginning(
  runtime: ScormManifest['runtime'],
  { cmi }: Attempt,
  learner: { id: string; name: string },
) {
  const isNew = Object.keys(cmi).length === 0;
  const entry = isNew ? 'ab-initio' : 'resume';
  if (runtime === 'scorm2004')
    return { cmi: { ...cmi, learner_id: learner.id, learner_name: learner.name, entry, exit: undefined } };
  const core = { student_id: learner.id, student_name: learner.name, entry };
  return { cmi: { ...cmi, core: { ...(cmi.core as object | undefined), ...core, exit: undefined } } };
}
