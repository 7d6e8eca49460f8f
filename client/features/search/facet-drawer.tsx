import { Button, Drawer } from 'antd';
import type { ReactNode } from 'react';
import { useTexts } from '../../i18n/index.ts';
import { searchTexts } from './i18n.ts';

interface Props {
  total: number;
  onClose: () => void;
  children: ReactNode;
}

/** The facets on a phone. */
export function FacetDrawer({ total, onClose, children }: Props) {
  const t = useTexts(searchTexts);
  return (
    <Drawer
      open
      placement="right"
      size={340}
      title={t('filters')}
      onClose={onClose}
      footer={
        <Button type="primary" block onClick={onClose}>
          {t('filters.show', { count: total })}
        </Button>
      }
    >
      {children}
    </Drawer>
  );
}
