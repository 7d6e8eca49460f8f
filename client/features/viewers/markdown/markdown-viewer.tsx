import { useQuery } from '@tanstack/react-query';
import { type MouseEvent, useEffect, useMemo, useRef } from 'react';
import { pageOf, placeIn } from '../../../api/place.ts';
import { previewsQuery } from '../../../api/previews.ts';
import { useTexts } from '../../../i18n/index.ts';
import { headingIn } from '../heading-in.ts';
import { viewerTexts } from '../i18n.ts';
import { WithText } from '../text-viewer.tsx';
import type { ViewerProps } from '../viewer-props.ts';
import { frontMatterIn } from './front-matter.ts';
import styles from './markdown-viewer.module.css';
import { idOfHeading, proseOf, type Target } from './prose.ts';

/** Markdown as it reads, with the facts before it in a table. */
export function MarkdownViewer(props: ViewerProps) {
  const { of } = props.file;
  const { data: files } = useQuery({
    ...previewsQuery(of?.resource ?? '', of?.version ?? 'newest'),
    enabled: of !== undefined,
    select: ({ files }) => [...files.keys()].sort().join('\n'),
  });
  return (
    <WithText file={props.file}>{({ text }) => <Markdown {...props} text={text} files={files} />}</WithText>
  );
}

interface MarkdownProps extends ViewerProps {
  text: string;
  /** Paths of the files to which it may lead, one to a line. */
  files: string | undefined;
}

function Markdown({ text, file: { path, of }, files, part, onOpen }: MarkdownProps) {
  const t = useTexts(viewerTexts);
  const prose = useRef<HTMLDivElement>(null);
  const { facts, rest } = useMemo(() => frontMatterIn(text), [text]);
  const { resource, version } = of ?? {};
  const back = t('markdown.back');
  const html = useMemo(() => {
    const known = new Set(files?.split('\n'));
    const addressOf = ({ path: other, part }: Target) =>
      resource !== undefined && version !== undefined && known.has(other)
        ? pageOf({ resource, version }, other, { part })
        : undefined;
    return proseOf(rest, { path, addressOf, back });
  }, [rest, path, files, resource, version, back]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the heading stands in what was made of the text
  useEffect(() => {
    const root = prose.current;
    if (root && part !== undefined)
      (headingIn(root, part) ?? elementOf(root, idOfHeading(part)))?.scrollIntoView();
  }, [html, part]);

  /** Links within the resource lead on in this place, but where the reader asks for another window. */
  function follow(event: MouseEvent<HTMLElement>) {
    const link = event.target instanceof Element && event.target.closest('a');
    if (!link || link.target === '_blank' || event.metaKey || event.ctrlKey || event.shiftKey) return;
    const to = link.getAttribute('href') ?? '';
    if (to.startsWith('#')) {
      event.preventDefault();
      const element = elementOf(event.currentTarget, decodeURIComponent(to.slice(1))) ?? event.currentTarget;
      element.scrollIntoView();
      element.setAttribute('tabindex', '-1');
      element.focus();
    } else if (onOpen) {
      event.preventDefault();
      const params = new URL(link.href).searchParams;
      onOpen(params.get('file') ?? path, placeIn(params));
    }
  }

  return (
    <>
      {facts.size > 0 && (
        <table className={styles.facts}>
          <tbody>
            {[...facts].map(([name, value]) => (
              <tr key={name}>
                <th scope="row">{name}</th>
                <td>{value}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {/* biome-ignore lint/a11y/useKeyWithClickEvents lint/a11y/noStaticElementInteractions: it only hears of links, which keys follow as well */}
      <div
        ref={prose}
        className={styles.prose}
        onClick={follow}
        // biome-ignore lint/security/noDangerouslySetInnerHtml: sanitised where it is made
        dangerouslySetInnerHTML={{ __html: html }}
      />
    </>
  );
}

const elementOf = (root: Element, id: string) => root.querySelector<HTMLElement>(`[id="${CSS.escape(id)}"]`);
