import { Button, InputNumber, Select } from 'antd';
import type { SphereAnnotation } from '../../../../server/resources/contract.ts';
import { Field } from '../../../components/field.tsx';
import { useTexts } from '../../../i18n/index.ts';
import { stemOf } from '../kinds.ts';
import type { Scene } from '../labels/label.ts';
import { sphereTexts } from './i18n.ts';
import styles from './sphere-fields.module.css';

interface Props {
  label: SphereAnnotation;
  scenes: readonly Scene[];
  onChange: (more: Partial<Pick<SphereAnnotation, 'position' | 'scene'>>) => void;
  /** Told that the author wants to choose where one looks on arrival. */
  onArrival: (scene: Scene) => void;
}

/** Of a label in a 360° photo: where it stands, in degrees, and the scene that it leads into. */
export function SphereFields({ label, scenes, onChange, onArrival }: Props) {
  const t = useTexts(sphereTexts);
  const { position, scene } = label;
  const chosen = scenes.find(({ path }) => path === scene?.path);
  const bounds = { yaw: 180, pitch: 90 };
  return (
    <>
      <div className={styles.degrees}>
        {(['yaw', 'pitch'] as const).map((name) => (
          <Field key={name} label={t(`edit.${name}`)}>
            {(ids) => (
              <InputNumber<number>
                {...ids}
                min={-bounds[name]}
                max={bounds[name]}
                step={1}
                precision={1}
                suffix="°"
                value={position[name]}
                onChange={(value) => value !== null && onChange({ position: { ...position, [name]: value } })}
              />
            )}
          </Field>
        ))}
      </div>
      <Field label={t('edit.scene')} hint={scenes.length === 0 ? t('edit.scene.none') : undefined}>
        {(ids) => (
          <Select
            {...ids}
            allowClear
            disabled={scenes.length === 0}
            placeholder={t('edit.scene.nowhere')}
            value={scene?.path}
            options={scenes.map(({ path }) => ({ value: path, label: stemOf(path) }))}
            onChange={(path?: string) => onChange({ scene: path === undefined ? undefined : { path } })}
          />
        )}
      </Field>
      {chosen && (
        <Button size="small" className={styles.arrival} onClick={() => onArrival(chosen)}>
          {t(scene?.look ? 'edit.arrival.change' : 'edit.arrival')}
        </Button>
      )}
    </>
  );
}
