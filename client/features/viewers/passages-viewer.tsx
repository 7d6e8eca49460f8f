import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { Notice } from '../../components/notice.tsx';
import { ProblemView } from '../../components/problem-view.tsx';
import { useTexts } from '../../i18n/index.ts';
import { viewerTexts } from './i18n.ts';
import { nameOf } from './kinds.ts';
import { NotShown } from './not-shown.tsx';
import { Opening } from './opening.tsx';
import styles from './passages-viewer.module.css';
import { passagesQuery } from './queries.ts';
import { NotOpened } from './viewer-boundary.tsx';
import type { ViewerProps } from './viewer-props.ts';

/** The text of slides and sheets, a card each: what can be told of a file whose pages cannot be shown. */
export function PassagesViewer(props: ViewerProps) {
  const { of, path, failure } = props.file;
  return of ? <Cards {...props} of={of} /> : <NotOpened because={failure} key={path} />;
}

function Cards({ file, place, part, of }: ViewerProps & { of: NonNullable<ViewerProps['file']['of']> }) {
  const t = useTexts(viewerTexts);
  const { data, error, refetch } = useQuery(passagesQuery(of.resource, of.version, file.path));
  const asked = useRef<HTMLElement>(null);
  const isThere = data !== undefined;
  useEffect(() => {
    const { current } = asked;
    if (isThere && current?.parentElement) current.parentElement.scrollTop = current.offsetTop - 16;
  }, [isThere]);
  if (error) return <ProblemView problem={error} onRetry={refetch} />;
  if (!data) return <Opening path={file.path} poster={file.poster} />;
  if (data.items.length === 0)
    return file.failure === undefined && file.isMaking ? (
      <Notice role="status" title={t('passages.making')} detail={t('passages.making.detail')} />
    ) : (
      <NotShown file={file} />
    );
  const wanted = data.items.findIndex(({ slide, page, sheet, section }) =>
    place === undefined ? part !== undefined && (sheet ?? section) === part : (slide ?? page) === place,
  );
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it
    <div className={styles.page} tabIndex={0} role="document" aria-label={nameOf(file.path)}>
      <p className={styles.note}>{file.failure ?? t(isPage(file) ? 'passages.of-page' : 'passages.only')}</p>
      {data.items.map(({ text, slide, sheet, section }, index) => {
        const title = slide === undefined ? (sheet ?? section) : t('passages.slide', { number: slide });
        return (
          <section
            // biome-ignore lint/suspicious/noArrayIndexKey: two sections may have the same heading
            key={index}
            ref={index === wanted ? asked : undefined}
            className={styles.card}
          >
            {title && <h3 className={styles.title}>{title}</h3>}
            <p className={styles.text}>{text}</p>
          </section>
        );
      })}
    </div>
  );
}

const isPage = ({ mediaType }: ViewerProps['file']) => /html/.test(mediaType);
