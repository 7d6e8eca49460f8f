import type { Kind } from '../api/words.ts';
import { KindIcon } from './kind-mark.tsx';
import { Picture } from './picture.tsx';
import styles from './thumbnail.module.css';

interface Props {
  kind: Kind;
  /** Address of the picture; without one, or when it does not come, the kind stands there in its tint. */
  src?: string | null | undefined;
  /** File name endings to show while there is no picture, for example PPTX. */
  formats?: readonly string[] | undefined;
}

/** The picture of a resource, always 16:10 so that nothing jumps. It says nothing that the title beside it does not. */
export function Thumbnail({ kind, src, formats = [] }: Props) {
  return (
    <div className={`${styles.frame} ${styles[kind]}`} aria-hidden="true">
      <Picture src={src} width={480} height={300}>
        <div className={styles.stand}>
          <KindIcon kind={kind} />
          {formats.length > 0 && <span className={styles.formats}>{formats.slice(0, 3).join(' · ')}</span>}
        </div>
      </Picture>
    </div>
  );
}
