import { useEffect, useRef } from 'react';
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
}

/** More than any package has to say. */
const longest = 1_000_000;

/** A page of a package, shut in: no origin, no storage, no way out but messages. */
export function SandboxFrame({ src, title, given, onSaid, runs = true, scale = 1 }: Props) {
  const frame = useRef<HTMLIFrameElement>(null);
  useEffect(() => {
    if (!onSaid) return;
    const hear = ({ source, data }: MessageEvent) => {
      if (source !== frame.current?.contentWindow) return;
      const said: unknown = typeof data === 'object' && data !== null ? data.courseyard : undefined;
      if (typeof said !== 'object' || said === null || JSON.stringify(said).length > longest) return;
      onSaid(said as Record<string, unknown>);
    };
    window.addEventListener('message', hear);
    return () => window.removeEventListener('message', hear);
  }, [onSaid]);
  const share = `${100 / scale}%`;
  return (
    <div className={styles.sheet}>
      <iframe
        ref={frame}
        className={styles.frame}
        src={src}
        title={title}
        name={given === undefined ? undefined : JSON.stringify({ courseyard: given })}
        sandbox={runs ? 'allow-scripts allow-forms allow-modals allow-pointer-lock' : ''}
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
