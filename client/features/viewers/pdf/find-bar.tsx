import { CloseOutlined, DownOutlined, UpOutlined } from '@ant-design/icons';
import { Button, Input, type InputRef } from 'antd';
import { type Ref, useEffect, useRef, useState } from 'react';
import { useTexts } from '../../../i18n/index.ts';
import { viewerTexts } from '../i18n.ts';
import styles from './find-bar.module.css';
import { type Direction, type Finding, standingOf } from './finding.ts';

interface Props {
  field: Ref<InputRef>;
  finding: Finding | undefined;
  pages: number;
  onFind: (text: string) => void;
  onStep: (direction: Direction) => void;
  onStop: () => void;
  onClose: () => void;
}

/** Milliseconds without a key after which what was typed is looked for. */
const rest = 300;

/** The search inside of a document: Enter to the next hit, Shift and Enter to the one before, Escape closes it. */
export function FindBar({ field, finding, pages, onFind, onStep, onStop, onClose }: Props) {
  const t = useTexts(viewerTexts);
  const asked = finding?.words.join(' ') ?? '';
  const [typed, setTyped] = useState(asked);
  /** What was typed and not looked for yet. */
  const waiting = useRef<ReturnType<typeof setTimeout>>(undefined);
  const isComposing = useRef(false);
  useEffect(() => () => clearTimeout(waiting.current), []);

  function soon(text: string) {
    clearTimeout(waiting.current);
    waiting.current = setTimeout(() => {
      waiting.current = undefined;
      onFind(text);
    }, rest);
  }

  function onKeyDown(event: React.KeyboardEvent) {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Escape') {
      event.stopPropagation();
      onClose();
    }
    if (event.key !== 'Enter') return;
    event.preventDefault();
    if (waiting.current !== undefined || (typed !== asked && typed.trim() !== '')) {
      clearTimeout(waiting.current);
      waiting.current = undefined;
      onFind(typed);
    } else onStep(event.shiftKey ? -1 : 1);
  }

  const { place, total } = finding ? standingOf(finding) : { place: 0, total: 0 };
  const searched = finding?.counts.size ?? 0;
  const isSearching = finding?.state === 'searching';
  const said = !finding
    ? ''
    : total > 0
      ? t('find.place', { place, total })
      : finding.state === 'done'
        ? t('find.none')
        : '';
  return (
    <search className={styles.bar} aria-label={t('find')} onKeyDown={onKeyDown}>
      <div className={styles.row}>
        <Input
          ref={field}
          size="small"
          className={styles.field}
          aria-label={t('find')}
          placeholder={t('find')}
          maxLength={200}
          value={typed}
          status={finding?.state === 'done' && total === 0 ? 'warning' : ''}
          onCompositionStart={() => {
            isComposing.current = true;
          }}
          onCompositionEnd={(event) => {
            isComposing.current = false;
            soon(event.currentTarget.value);
          }}
          onChange={(event) => {
            setTyped(event.target.value);
            if (!isComposing.current) soon(event.target.value);
          }}
        />
        <span className={styles.standing} role="status" aria-live={isSearching ? 'off' : 'polite'}>
          {said}
        </span>
        <Button
          type="text"
          size="small"
          className={styles.step}
          icon={<UpOutlined />}
          aria-label={t('find.previous')}
          disabled={!finding}
          onClick={() => onStep(-1)}
        />
        <Button
          type="text"
          size="small"
          className={styles.step}
          icon={<DownOutlined />}
          aria-label={t('find.next')}
          disabled={!finding}
          onClick={() => onStep(1)}
        />
        <Button
          type="text"
          size="small"
          className={styles.step}
          icon={<CloseOutlined />}
          aria-label={t('find.close')}
          onClick={onClose}
        />
      </div>
      {finding && finding.state !== 'done' && (
        <div className={styles.row}>
          <progress
            className={styles.progress}
            max={pages}
            value={searched}
            aria-label={t('find.progress')}
          />
          <span className={styles.searched}>{t('find.searched', { searched, pages })}</span>
          {isSearching ? (
            <Button type="link" size="small" className={styles.step} onClick={onStop}>
              {t('find.stop')}
            </Button>
          ) : (
            <Button type="link" size="small" className={styles.step} onClick={() => onFind(asked)}>
              {t('find.all')}
            </Button>
          )}
        </div>
      )}
    </search>
  );
}
