import { Dropdown, type MenuProps } from 'antd';
import { type ReactElement, useState } from 'react';
import { useNavigate } from 'react-router';
import { useMe } from '../api/me.ts';
import { say } from '../components/say.ts';
import { useEditMe } from '../features/members/me/queries.ts';
import { useSignOut } from '../features/members/queries.ts';
import { type Language, setLanguage, shell, useLanguage, useTexts } from '../i18n/index.ts';
import { type Choice, chooseAppearance, useAppearanceChoice } from '../theme/appearance.ts';
import type { Navigation } from './navigation.ts';

interface Props {
  manage: Navigation['manage'];
  /** What it hangs on. */
  children: ReactElement;
}

/** The member with what is theirs, and the settings of the page. Opens as soon as it is there. */
export function AccountDropdown({ manage, children }: Props) {
  const t = useTexts(shell);
  const { me, organisation } = useMe();
  const language = useLanguage();
  const appearance = useAppearanceChoice();
  const signOut = useSignOut();
  const editMe = useEditMe();
  const navigate = useNavigate();
  const [open, setOpen] = useState(true);

  const group = (key: string, label: string, children: { key: string; label: React.ReactNode }[]) => ({
    key,
    type: 'group' as const,
    label,
    children,
  });
  const items: MenuProps['items'] = [
    ...(me
      ? [
          group(
            'me',
            organisation ? `${me.name} · ${organisation.shortName || organisation.name}` : me.name,
            [{ key: 'go:/profile', label: t('nav.profile') }],
          ),
        ]
      : []),
    ...(manage.length > 0
      ? [
          group(
            'manage',
            t('nav.manage'),
            manage.map(({ to, text }) => ({ key: `go:${to}`, label: t(text) })),
          ),
        ]
      : []),
    group('language', t('language'), [
      { key: 'language:zh-CN', label: <span lang="zh-CN">中文</span> },
      { key: 'language:en', label: <span lang="en">English</span> },
    ]),
    group(
      'appearance',
      t('appearance'),
      (['system', 'light', 'dark'] as const).map((choice) => ({
        key: `appearance:${choice}`,
        label: t(`appearance.${choice}`),
      })),
    ),
    ...(me ? [{ type: 'divider' as const }, { key: 'sign-out', label: t('sign-out') }] : []),
  ];

  function choose(key: string) {
    const [what, value = ''] = key.split(/:(.*)/);
    if (what === 'go') navigate(value);
    if (what === 'language') void chooseLanguage(value as Language);
    if (what === 'appearance') chooseAppearance(value as Choice);
    if (what === 'sign-out') signOut.mutate(undefined, { onSuccess: () => navigate('/') });
  }

  /** For this page at once, and for the member wherever else they sign in. */
  async function chooseLanguage(chosen: Language) {
    await setLanguage(chosen);
    if (me && me.language !== chosen)
      editMe.mutate({ change: { language: chosen } }, { onError: (error) => say(error.message) });
  }

  return (
    <Dropdown
      trigger={['click']}
      placement="bottomRight"
      open={open}
      onOpenChange={setOpen}
      menu={{
        items,
        selectable: true,
        multiple: true,
        selectedKeys: [`language:${language}`, `appearance:${appearance}`],
        onClick: ({ key }) => choose(key),
      }}
    >
      {children}
    </Dropdown>
  );
}
