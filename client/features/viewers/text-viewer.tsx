import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { useTexts } from '../../i18n/index.ts';
import { viewerTexts } from './i18n.ts';
import { Opening } from './opening.tsx';
import { type Beginning, beginningOf } from './text-beginning.ts';
import { startOf } from './text-start.ts';
import styles from './text-viewer.module.css';
import { NotOpened } from './viewer-boundary.tsx';
import type { ViewerProps } from './viewer-props.ts';

/** Text as it stands; captions at their second, other text at its piece. */
export function TextViewer({ file, place, part }: ViewerProps) {
  return (
    <WithText file={file}>{({ text }) => <Plain text={text} start={startOf(text, place, part)} />}</WithText>
  );
}

/** @param start where it is opened, counted in characters */
function Plain({ text, start }: { text: string; start: number }) {
  const mark = useRef<HTMLSpanElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the mark moves with where it starts
  useEffect(() => mark.current?.scrollIntoView(), [start]);
  return (
    <pre className={styles.plain}>
      {text.slice(0, start)}
      {start > 0 && <span ref={mark} />}
      {text.slice(start)}
    </pre>
  );
}

export function WithText({
  file,
  children,
}: ViewerProps & { children: (beginning: Beginning) => React.ReactNode }) {
  const t = useTexts(viewerTexts);
  const { data, error } = useQuery({
    queryKey: ['text', file.url],
    queryFn: ({ signal }) => beginningOf(file.url, signal),
    staleTime: Number.POSITIVE_INFINITY,
  });
  if (error) return <NotOpened because={file.failure} />;
  if (!data) return <Opening path={file.path} poster={file.poster} />;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it
    <div className={styles.page} tabIndex={0} role="document">
      {data.isCut && <p className={styles.note}>{t('too-large')}</p>}
      {children(data)}
    </div>
  );
}
