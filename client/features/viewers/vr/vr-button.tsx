import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { say } from '../../../components/say.ts';
import { useTexts } from '../../../i18n/index.ts';
import type { Visit } from './headset.ts';
import { vrTexts } from './i18n.ts';
import type { MakePlace } from './place.ts';
import { vrQuery } from './support.ts';

interface Props {
  place: MakePlace;
  /** Names the place, where it may become another: then whoever is in comes along. */
  of?: string;
  size?: 'small';
}

/** Puts somebody with a headset into a place, and out of it again; where there is no headset, nothing. */
export function VrButton({ place, of, size }: Props) {
  const t = useTexts(vrTexts);
  const { data: isThere = false } = useQuery(vrQuery);
  const session = useRef<XRSession>(undefined);
  const visiting = useRef<Visit>(undefined);
  const [isIn, setIn] = useState(false);
  const [isStarting, setStarting] = useState(false);
  useEffect(() => () => void session.current?.end(), []);

  async function goTo() {
    await visiting.current?.goTo(place).catch(async () => {
      await session.current?.end();
      say(t('broken'));
    });
  }
  // biome-ignore lint/correctness/useExhaustiveDependencies: only another place is gone to
  useEffect(() => void goTo(), [of]);

  async function enter() {
    setStarting(true);
    try {
      // Asked for at once: later on it would no longer count as wished by a click.
      const asked = navigator.xr?.requestSession('immersive-vr', { optionalFeatures: ['local-floor'] });
      const [started, { visit }] = await Promise.all([asked, import('./headset.ts')]);
      if (!started) return;
      session.current = started;
      started.addEventListener('end', () => {
        session.current = undefined;
        visiting.current = undefined;
        setIn(false);
      });
      setIn(true);
      visiting.current = await visit(started);
      await goTo();
    } catch {
      say(t('failed'));
    } finally {
      setStarting(false);
    }
  }

  if (!isThere) return null;
  return (
    <Button
      size={size}
      type={isIn ? 'primary' : 'default'}
      loading={isStarting}
      aria-label={t(isIn ? 'leave' : 'enter')}
      title={t(isIn ? 'leave' : 'enter')}
      onClick={() => (isIn ? void session.current?.end() : void enter())}
    >
      {isIn ? t('leave') : 'VR'}
    </Button>
  );
}
