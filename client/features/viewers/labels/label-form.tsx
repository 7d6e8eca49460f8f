import { AimOutlined, CameraOutlined, DeleteOutlined } from '@ant-design/icons';
import { Button, Input, Select } from 'antd';
import type { ReactNode } from 'react';
import { Field } from '../../../components/field.tsx';
import { useTexts } from '../../../i18n/index.ts';
import { labelTexts } from './i18n.ts';
import type { Kept } from './label.ts';
import styles from './label-editor.module.css';

/** What a label may show and lead to. */
export interface Options {
  /** Pictures of the same draft. */
  pictures: readonly string[];
  /** Lets the author choose another resource. */
  linkField: (
    value: string | undefined,
    onChange: (id: string | undefined) => void,
    ids: { id: string },
  ) => ReactNode;
}

interface Props {
  label: Kept;
  options: Options;
  onChange: (more: Partial<Pick<Kept, 'title' | 'text' | 'image' | 'resource'>>) => void;
  onMove: () => void;
  onView: () => void;
  onRemove: () => void;
  /** Fields that only some labels have. */
  children: ReactNode;
}

/** What a label says, and what can be done with it. */
export function LabelForm({ label, options, onChange, onMove, onView, onRemove, children }: Props) {
  const t = useTexts(labelTexts);
  const { pictures, linkField } = options;
  return (
    <div className={styles.form}>
      <Field
        label={t('edit.title')}
        required
        error={label.title.trim() === '' ? t('edit.title.needed') : undefined}
      >
        {(ids) => (
          <Input
            {...ids}
            maxLength={120}
            value={label.title}
            onFocus={({ target }) => target.select()}
            onChange={({ target }) => onChange({ title: target.value })}
          />
        )}
      </Field>
      <Field label={t('edit.text')}>
        {(ids) => (
          <Input.TextArea
            {...ids}
            autoSize={{ minRows: 2, maxRows: 8 }}
            maxLength={1000}
            value={label.text}
            onChange={({ target }) => onChange({ text: target.value })}
          />
        )}
      </Field>
      <Field label={t('edit.image')} hint={pictures.length === 0 ? t('edit.image.none') : undefined}>
        {(ids) => (
          <Select
            {...ids}
            allowClear
            disabled={pictures.length === 0}
            placeholder={t('edit.none')}
            value={label.image}
            options={pictures.map((value) => ({ value, label: value }))}
            onChange={(image) => onChange({ image })}
          />
        )}
      </Field>
      <Field label={t('edit.link')}>
        {(ids) => linkField(label.resource, (resource) => onChange({ resource }), ids)}
      </Field>
      {children}
      <div className={styles.actions}>
        <Button size="small" icon={<CameraOutlined />} onClick={onView}>
          {t('edit.keep-view')}
        </Button>
        <Button size="small" icon={<AimOutlined />} onClick={onMove}>
          {t('edit.move')}
        </Button>
        <Button
          size="small"
          type="text"
          danger
          icon={<DeleteOutlined />}
          aria-label={t('edit.remove', { title: label.title })}
          onClick={onRemove}
        />
      </div>
    </div>
  );
}
