import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { useCallback, useEffect, useState } from 'react';
import { useMe } from '../../../api/me.ts';
import { ProblemView } from '../../../components/problem-view.tsx';
import { useTexts } from '../../../i18n/index.ts';
import { nameOf } from '../kinds.ts';
import { Opening } from '../opening.tsx';
import { NotOpened } from '../viewer-boundary.tsx';
import { CourseParts } from './course-parts.tsx';
import { packageTexts } from './i18n.ts';
import type { PackageProps } from './package-props.ts';
import styles from './packages.module.css';
import { type Course, courseQuery, resultsKey, useLaunch } from './queries.ts';
import { SandboxFrame } from './sandbox-frame.tsx';
import { SinglePage } from './single-page.tsx';
import { UnitStart } from './unit-start.tsx';

/** A unit at work: in the frame, or in a window of its own. */
interface Running {
  id: string;
  url: string;
  needsWindow: boolean;
  /** That window, unless the browser refused to open it. */
  own: Window | null;
}

/** Milliseconds between two looks whether a window is still open: none tells us that it is closed. */
const look = 1000;

/** A course of cmi5: its parts, the unit that is learnt, and how far the member has come. */
export function Cmi5Player(props: PackageProps) {
  const { file, of, entry } = props;
  const t = useTexts(packageTexts);
  const { me: member } = useMe();
  const [running, setRunning] = useState<Running>();
  const [chosen, setChosen] = useState<string>();
  const [isAsked, setAsked] = useState(entry !== undefined);
  const { data: course, error, refetch } = useQuery(courseQuery(of, file.path, running !== undefined));
  const cache = useQueryClient();
  const launch = useLaunch(of, file.path);
  const end = useCallback(() => {
    setRunning(undefined);
    setChosen(undefined); // the next one that is to be done
    refetch();
    void cache.invalidateQueries({ queryKey: resultsKey(of) });
  }, [refetch, cache, of]);
  const onSaid = useCallback((said: Record<string, unknown>) => said.returned === true && end(), [end]);
  useEffect(() => {
    const own = running?.own;
    if (!own) return;
    const timer = setInterval(() => own.closed && end(), look);
    return () => clearInterval(timer);
  }, [running, end]);
  if (isAsked && entry !== undefined)
    return <SinglePage {...props} entry={entry} onStart={() => setAsked(false)} />;
  if (error) return <ProblemView problem={error} onRetry={refetch} />;
  if (!course) return <Opening path={file.path} poster={file.poster} />;
  const part = course.parts.find(({ id }) => id === chosen) ?? nextOf(course);
  if (!part?.unit) return <NotOpened because={t('empty')} />;
  const { unit } = part;
  const start = async (anew: boolean) => {
    // Opened before the answer is there: later on it would count as a pop-up. It must not reach this page.
    const own = unit.needsWindow ? window.open('about:blank') : null;
    if (own) own.opener = null;
    try {
      const { url, needsWindow } = await launch.mutateAsync({ unit: part.id, anew });
      if (own) own.location.href = url;
      setChosen(part.id);
      setRunning({ id: part.id, url, needsWindow, own });
    } catch {
      own?.close(); // why is said at the button
    }
  };
  const choose = (id: string) => {
    setChosen(id);
    setRunning(undefined);
    launch.reset();
  };
  return (
    <div className={`${styles.body} ${running ? styles.running : ''}`}>
      {course.parts.length > 1 && <CourseParts course={course} current={part.id} onChoose={choose} />}
      <div className={styles.package} style={{ flex: 1, minWidth: 0 }}>
        {running && !running.needsWindow ? (
          <SandboxFrame
            key={running.url}
            src={running.url}
            title={part.title || nameOf(file.path)}
            onSaid={onSaid}
            joins
          />
        ) : (
          <UnitStart
            course={course}
            part={part}
            openedAt={running?.url}
            isVisitor={!member}
            isStarting={launch.isPending}
            problem={launch.error}
            onStart={start}
          />
        )}
        <div className={styles.bar}>
          <span role="status">
            {t(`progress.${unit.progress}`)}
            {unit.score !== null && ` · ${t('score', { score: unit.score })}`}
          </span>
          {course.isSatisfied && <span>{t('course.done')}</span>}
          {!member && <span>{t('not-kept')}</span>}
          <span className={styles.gap} />
          {running && (
            <Button type="text" size="small" onClick={end}>
              {t('close')}
            </Button>
          )}
        </div>
      </div>
    </div>
  );
}

/** The unit that a learner goes on with: the first that is not done, otherwise the first. */
function nextOf({ parts }: Course) {
  const units = parts.filter(({ unit }) => unit !== undefined);
  return units.find(({ isSatisfied, unit }) => !isSatisfied && unit?.isHere) ?? units[0];
}
