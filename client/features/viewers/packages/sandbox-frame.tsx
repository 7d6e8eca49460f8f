import { useEffect, useRef, useState } from 'react';
import styles from './packages.module.css';

interface Props {
  src: string;
  title: string;
  /** Read by our bridge in the frame, before the first script of the package. */
  given?: unknown;
  /** Told what our bridge says. It comes from a page that we do not trust: check it. */
  onSaid?: (said: Record<string, unknown>) => void;
  /** Whether scripts may run. */
  runs?: boolean;
  /** How large its text is, as a share of its own size: lines break anew, since it thinks its frame is smaller. */
  scale?: number;
  /** Whether it is a page of a package, whose others it may have to reach. */
  joins?: boolean;
}

/**
 * Whether this browser can keep the pages of a package together and apart from all else (`client/player/frame.ts`).
 * Where another site embeds us it could bring about a frame of its own, so that there each page is on its own.
 */
const canJoin = 'credentialless' in HTMLIFrameElement.prototype && window.top === window;
const joinedAt = (src: string) => src.replace('/play/', '/play/.courseyard/frame.html#');
const freedoms = 'allow-scripts allow-forms allow-modals allow-pointer-lock';

/** More than any package has to say. */
const longest = 1_000_000;

/** A page of a package, shut in: no origin or one that is nobody else's, no storage that lasts, no way out but messages. */
export function SandboxFrame({ src, title, given, onSaid, runs = true, scale = 1, joins = false }: Props) {
  const [isParted, setParted] = useState(false);
  const isJoined = joins && canJoin && !isParted;
  const frame = useRef<HTMLIFrameElement>(null);
  useEffect(() => {
    const hear = ({ source, data }: MessageEvent) => {
      if (source !== frame.current?.contentWindow) return;
      const said: unknown = typeof data === 'object' && data !== null ? data.courseyard : undefined;
      if (typeof said !== 'object' || said === null || !isSayable(said)) return;
      if ('parted' in said) setParted(true);
      else onSaid?.(said as Record<string, unknown>);
    };
    window.addEventListener('message', hear);
    return () => window.removeEventListener('message', hear);
  }, [onSaid]);
  const share = `${100 / scale}%`;
  return (
    <div className={styles.sheet}>
      <iframe
        key={String(isJoined)}
        ref={frame}
        className={styles.frame}
        {...(isJoined && { credentialless: true })}
        src={isJoined ? joinedAt(src) : src}
        title={title}
        name={given === undefined ? undefined : JSON.stringify({ courseyard: given })}
        sandbox={runs ? `${freedoms}${isJoined ? ' allow-same-origin' : ''}` : ''}
        allow={runs ? 'fullscreen; autoplay; xr-spatial-tracking' : ''}
        referrerPolicy="no-referrer"
        style={
          scale === 1
            ? undefined
            : { width: share, height: share, flex: 'none', transform: `scale(${scale})` }
        }
      />
    </div>
  );
}

/** Messages may hold what JSON cannot, such as themselves. */
function isSayable(said: object): boolean {
  try {
    return JSON.stringify(said).length <= longest;
  } catch {
    return false;
  }
}
