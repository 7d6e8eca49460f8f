import { CloseOutlined, CommentOutlined } from '@ant-design/icons';
import { Button, Input } from 'antd';
import type { ReactNode } from 'react';
import { useTexts } from '../../i18n/index.ts';
import { reviewTexts } from './i18n.ts';
import styles from './remarked.module.css';
import type { Remarks } from './remarks.ts';

interface Props {
  field: string;
  label: string;
  remarks: Remarks;
  onRemark: (field: string, words: string | undefined) => void;
  children: ReactNode;
}

/** A part of the resource with a place for the reviewer's words about it. */
export function Remarked({ field, label, remarks, onRemark, children }: Props) {
  const t = useTexts(reviewTexts);
  const words = remarks[field];
  return (
    <section className={styles.part}>
      <div className={styles.head}>
        <h2 className={styles.label}>{label}</h2>
        {words === undefined && (
          <Button
            type="text"
            size="small"
            icon={<CommentOutlined />}
            aria-label={t('remark.about', { field: label })}
            onClick={() => onRemark(field, '')}
          />
        )}
      </div>
      <div className={styles.content}>{children}</div>
      {words !== undefined && (
        <div className={styles.remark}>
          <Input.TextArea
            autoFocus
            aria-label={t('remark.about', { field: label })}
            placeholder={t('remark.placeholder')}
            maxLength={1000}
            autoSize={{ minRows: 1, maxRows: 6 }}
            value={words}
            onChange={({ target }) => onRemark(field, target.value)}
          />
          <Button
            type="text"
            icon={<CloseOutlined />}
            aria-label={t('remark.remove', { field: label })}
            onClick={() => onRemark(field, undefined)}
          />
        </div>
      )}
    </section>
  );
}
