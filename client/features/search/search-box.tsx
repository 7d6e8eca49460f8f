import { SearchOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useDeferredValue, useEffect, useId, useRef, useState } from 'react';
import { useNavigate, useSearchParams } from 'react-router';
import { escaped } from '../../components/escaped.ts';
import { MarkedText } from '../../components/marked-text.tsx';
import { shell, useTexts } from '../../i18n/index.ts';
import { searchTexts } from './i18n.ts';
import { suggestQuery } from './queries.ts';
import { recentQuestions, rememberQuestion } from './recent.ts';
import styles from './search-box.module.css';

interface Props {
  size?: 'middle' | 'large';
  autoFocus?: boolean;
}

/** The question, with completions while typing (combobox of WAI-ARIA 1.2). `/` comes here from anywhere. */
export function SearchBox({ size = 'large', autoFocus = false }: Props) {
  const t = useTexts(searchTexts);
  const words = useTexts(shell);
  const [params] = useSearchParams();
  const asked = params.get('q') ?? '';
  const [text, setText] = useState(asked);
  const [open, setOpen] = useState(false);
  const [active, setActive] = useState(-1);
  const input = useRef<HTMLInputElement>(null);
  const list = useId();
  const navigate = useNavigate();
  const typed = useDeferredValue(text.trim());
  const { data } = useQuery(suggestQuery(open ? typed : ''));
  const offers: Offer[] = !open ? [] : text.trim() === '' ? recentOffers() : (data?.items ?? []);
  const shown = offers.length > 0;

  useEffect(() => setText(asked), [asked]);
  useEffect(() => {
    const toBox = (event: KeyboardEvent) => {
      if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target))
        return;
      event.preventDefault();
      input.current?.select();
    };
    document.addEventListener('keydown', toBox);
    return () => document.removeEventListener('keydown', toBox);
  }, []);

  function search(q: string) {
    const next = new URLSearchParams(params);
    next.delete('q');
    next.delete('cursor');
    if (q.trim()) {
      next.set('q', q.trim());
      rememberQuestion(q.trim());
    }
    setOpen(false);
    setActive(-1);
    setText(q);
    navigate(`/search?${next}`);
  }

  function take(index: number) {
    const offer = offers[index];
    if (!offer) return search(text);
    if (offer.kind === 'resource' && offer.id) {
      setOpen(false);
      navigate(`/resources/${offer.id}`);
    } else if (offer.kind === 'organisation' && offer.id) {
      setOpen(false);
      setText('');
      navigate(`/search?organisation=${offer.id}`);
    } else search(offer.text);
  }

  function onKeyDown(event: React.KeyboardEvent) {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      if (!shown) return;
      event.preventDefault();
      const step = event.key === 'ArrowDown' ? 1 : -1;
      setActive((now) => ((now + step + 1 + offers.length + 1) % (offers.length + 1)) - 1);
    } else if (event.key === 'Escape') {
      setOpen(false);
      setActive(-1);
    } else if (event.key === 'Enter') {
      event.preventDefault();
      take(active);
    }
  }

  return (
    <search className={styles.box}>
      <div className={`${styles.field} ${styles[size]}`}>
        <SearchOutlined aria-hidden="true" className={styles.icon} />
        <input
          ref={input}
          type="text"
          value={text}
          // biome-ignore lint/a11y/noAutofocus: on the home page searching is what one came for
          autoFocus={autoFocus}
          placeholder={words('search.placeholder')}
          enterKeyHint="search"
          autoComplete="off"
          role="combobox"
          aria-label={words('search')}
          aria-expanded={shown}
          aria-controls={list}
          aria-autocomplete="list"
          aria-activedescendant={active >= 0 ? `${list}-${active}` : undefined}
          className={styles.input}
          onChange={(event) => {
            setText(event.target.value);
            setOpen(true);
            setActive(-1);
          }}
          onFocus={() => text === '' && setOpen(true)}
          onKeyDown={onKeyDown}
          onBlur={() => setOpen(false)}
        />
        {size === 'large' ? (
          <Button type="primary" className={styles.go} onClick={() => search(text)}>
            {words('search')}
          </Button>
        ) : (
          <kbd className={styles.key}>/</kbd>
        )}
      </div>
      <div
        id={list}
        role="listbox"
        aria-label={t('suggestions')}
        className={shown ? styles.list : styles.none}
      >
        {offers.map((offer, index) => (
          <div
            key={`${offer.kind}:${offer.id ?? offer.text}`}
            id={`${list}-${index}`}
            role="option"
            tabIndex={-1}
            aria-selected={index === active}
            className={styles.offer}
            onPointerDown={(event) => {
              event.preventDefault();
              take(index);
            }}
          >
            <span className={styles.text}>
              <MarkedText html={offer.marked} />
              {offer.otherName && (
                <span className={styles.other}>
                  <MarkedText html={offer.otherName} />
                </span>
              )}
            </span>
            <span className={styles.about}>{t(`suggested.${offer.kind}`)}</span>
          </div>
        ))}
      </div>
    </search>
  );
}

interface Offer {
  kind: 'resource' | 'term' | 'organisation' | 'recent';
  text: string;
  marked: string;
  otherName?: string | undefined;
  id?: string | undefined;
}

const recentOffers = (): Offer[] =>
  recentQuestions().map((text) => ({ kind: 'recent', text, marked: escaped(text) }));

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))
  );
}
