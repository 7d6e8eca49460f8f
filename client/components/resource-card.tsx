import type { ReactNode } from 'react';
import { Link } from 'react-router';
import type { Kind } from '../api/words.ts';
import { KindMark } from './kind-mark.tsx';
import { MetaLine } from './meta-line.tsx';
import styles from './resource-card.module.css';
import { Thumbnail } from './thumbnail.tsx';

interface Props {
  to: string;
  kind: Kind;
  title: ReactNode;
  picture?: string | null | undefined;
  formats?: readonly string[] | undefined;
  /** Below the title: organisation, date. */
  meta?: ReactNode;
  /** Beside the kind: state, licence. */
  mark?: ReactNode;
  /** Its level among the headings of the page. */
  heading?: 'h2' | 'h3';
  children?: ReactNode;
}

/** A resource in a grid: the whole card is one link. */
export function ResourceCard({
  to,
  kind,
  title,
  picture,
  formats,
  meta,
  mark,
  heading: Heading = 'h3',
  children,
}: Props) {
  return (
    <article className={styles.card}>
      <div className={styles.picture}>
        <Thumbnail kind={kind} src={picture} formats={formats} />
      </div>
      <div className={styles.body}>
        <div className={styles.marks}>
          <KindMark kind={kind} />
          {mark}
        </div>
        <Heading className={styles.title}>
          <Link to={to}>{title}</Link>
        </Heading>
        {children}
        {meta && (
          <div className={styles.meta}>
            <MetaLine>{meta}</MetaLine>
          </div>
        )}
      </div>
    </article>
  );
}

/** Cards side by side, as many as fit. */
export function CardGrid({ children }: { children: ReactNode }) {
  return <div className={styles.grid}>{children}</div>;
}
