import { nameOf } from './kinds.ts';
import { SandboxFrame } from './packages/sandbox-frame.tsx';
import { PassagesViewer } from './passages-viewer.tsx';
import type { ViewerProps } from './viewer-props.ts';

/** A page of HTML that stands still: no script runs. At a heading it is opened as text, since its frame is shut to us. */
export function PageViewer(props: ViewerProps) {
  const { file, part } = props;
  if (part !== undefined) return <PassagesViewer {...props} />;
  return <SandboxFrame src={file.url} title={nameOf(file.path)} runs={false} />;
}
