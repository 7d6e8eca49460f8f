import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { say } from '../../../components/say.ts';
import { useTexts } from '../../../i18n/index.ts';
import { vrTexts } from './i18n.ts';
import type { MakePlace } from './place.ts';
import { vrQuery } from './support.ts';

/** Puts somebody with a headset into a place, and out of it again; where there is no headset, nothing. */
export function VrButton({ place, size }: { place: MakePlace; size?: 'small' }) {
  const t = useTexts(vrTexts);
  const { data: isThere = false } = useQuery(vrQuery);
  const session = useRef<XRSession>(undefined);
  const [isIn, setIn] = useState(false);
  const [isStarting, setStarting] = useState(false);
  useEffect(() => () => void session.current?.end(), []);

  async function enter() {
    setStarting(true);
    try {
      // Asked for at once: later on it would no longer count as wished by a click.
      const asked = navigator.xr?.requestSession('immersive-vr', { optionalFeatures: ['local-floor'] });
      const [started, { show }] = await Promise.all([asked, import('./headset.ts')]);
      if (!started) return;
      session.current = started;
      started.addEventListener('end', () => {
        session.current = undefined;
        setIn(false);
      });
      setIn(true);
      await show(started, place).catch(async () => {
        await session.current?.end();
        say(t('broken'));
      });
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
