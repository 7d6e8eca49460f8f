import {
  AimOutlined,
  CameraOutlined,
  DeleteOutlined,
  PictureOutlined,
  PlusOutlined,
} from '@ant-design/icons';
import type { ModelViewerElement } from '@google/model-viewer';
import { Button, Input, Select } from 'antd';
import { type ReactNode, useRef, useState } from 'react';
import { type Annotation, MOST_ANNOTATIONS } from '../../../../server/resources/contract.ts';
import { Field } from '../../../components/field.tsx';
import { say } from '../../../components/say.ts';
import { SortableList } from '../../../components/sortable-list.tsx';
import { shell, useTexts } from '../../../i18n/index.ts';
import { useCalm, useTouch } from '../../../theme/appearance.ts';
import { nameOf, type Viewable } from '../kinds.ts';
import { NotOpened } from '../viewer-boundary.tsx';
import { modelTexts } from './i18n.ts';
import { goTo, type Place, placeInMiddle, viewNow } from './label.ts';
import styles from './label-editor.module.css';
import { ModelElement } from './model-element.tsx';
import { pictureOfView } from './picture-of-view.ts';
import { isGltf } from './sources.ts';

/** A label while it is worked on: its key stays when it changes its place. */
type Kept = Annotation & { key: string };

interface Props {
  file: Viewable;
  labels: readonly Kept[];
  onChange: (labels: Kept[]) => void;
  /** Pictures of the same draft that a label may show. */
  pictures: readonly string[];
  /** Lets the author choose another resource that a label leads to. */
  linkField: (
    value: string | undefined,
    onChange: (id: string | undefined) => void,
    ids: { id: string },
  ) => ReactNode;
  /** What is wrong with single labels, by their places. */
  errors: ReadonlyMap<number, string>;
  /** Told when the author wants what they see as the picture of the resource. */
  onPicture: (picture: Blob) => void;
  isPicturing: boolean;
  /** Below the list: saving. */
  children: ReactNode;
}

/** Where the next click on the model goes: to a new label, or to one that is put elsewhere. */
type Aim = 'new' | { move: string };

/** Puts numbered labels on a model: click on its surface, write what stands there, keep the view. */
export function LabelEditor(props: Props) {
  const { file, labels, onChange, pictures, linkField, errors, onPicture, isPicturing, children } = props;
  const t = useTexts(modelTexts);
  const words = useTexts(shell);
  const calm = useCalm();
  const touch = useTouch();
  const element = useRef<ModelViewerElement>(null);
  const [aim, setAim] = useState<Aim>();
  const [open, setOpen] = useState<string>();
  const [failed, setFailed] = useState(false);
  const whole = isGltf(file) ? file.url : file.copies?.packed?.url;
  const src = touch ? (file.copies?.light?.url ?? whole) : (whole ?? file.copies?.light?.url);

  const change = (key: string, more: Partial<Kept>) =>
    onChange(labels.map((label) => (label.key === key ? { ...label, ...more } : label)));

  function put(place: Place | undefined) {
    const viewer = element.current;
    if (!viewer || !aim) return;
    if (!place) {
      say(t('edit.beside'));
      return;
    }
    const view = viewNow(viewer);
    setAim(undefined);
    if (aim === 'new') {
      const key = `new-${crypto.randomUUID()}`;
      const title = t('edit.untitled', { n: labels.length + 1 });
      onChange([...labels, { key, title, text: '', ...place, view }]);
      setOpen(key);
    } else change(aim.move, { ...place, view });
  }

  function choose(key: string) {
    const label = labels.find((one) => one.key === key);
    if (!label) return;
    setOpen(open === key ? undefined : key);
    if (element.current && open !== key) goTo(element.current, label.view, calm);
  }

  function remove(label: Kept) {
    onChange(labels.filter(({ key }) => key !== label.key));
    say(t('edit.removed', { title: label.title }), {
      label: words('undo'),
      run: () => onChange([...labels]),
    });
  }

  async function takePicture() {
    const viewer = element.current;
    if (viewer) onPicture(await pictureOfView(viewer));
  }

  const active = labels.findIndex(({ key }) => key === open);
  if (failed || src === undefined) return <NotOpened because={file.failure} />;
  return (
    <div className={styles.editor}>
      <div className={styles.stage}>
        <ModelElement
          element={element}
          src={src}
          alt={t('of', { name: nameOf(file.path) })}
          poster={file.poster}
          isStill
          labels={labels}
          active={active === -1 ? undefined : active}
          onLabel={(at) => labels[at] && choose(labels[at].key)}
          onPoint={aim && put}
          onError={() => setFailed(true)}
        />
        {aim && <span className={styles.cross} aria-hidden="true" />}
        {aim ? (
          <div className={styles.aim} role="status">
            <span>{t('edit.aim')}</span>
            <Button
              size="small"
              onClick={() => put(element.current ? placeInMiddle(element.current) : undefined)}
            >
              {t('edit.middle')}
            </Button>
            <Button size="small" type="text" onClick={() => setAim(undefined)}>
              {words('cancel')}
            </Button>
          </div>
        ) : (
          <div className={styles.tools}>
            <Button icon={<PictureOutlined />} loading={isPicturing} onClick={() => void takePicture()}>
              {t('edit.picture')}
            </Button>
          </div>
        )}
      </div>
      <section className={styles.side} aria-label={t('tour.list')}>
        <header className={styles.head}>
          <h2>{t('tour.count', { count: labels.length })}</h2>
          <Button
            type={labels.length === 0 ? 'primary' : 'default'}
            icon={<PlusOutlined />}
            disabled={labels.length >= MOST_ANNOTATIONS}
            onClick={() => setAim('new')}
          >
            {t('edit.add')}
          </Button>
        </header>
        <div className={styles.list}>
          {labels.length === 0 && <p className={styles.empty}>{t('edit.empty')}</p>}
          <SortableList<Kept>
            label={t('tour.list')}
            items={labels}
            keyOf={({ key }) => key}
            nameOf={({ title }) => title}
            disabled={labels.length < 2}
            onReorder={onChange}
          >
            {(label, handle) => {
              const at = labels.findIndex(({ key }) => key === label.key);
              return (
                <div className={styles.item} data-open={label.key === open}>
                  <div className={styles.row}>
                    {handle}
                    <button
                      type="button"
                      className={styles.choose}
                      aria-expanded={label.key === open}
                      onClick={() => choose(label.key)}
                    >
                      <span className={styles.number}>{at + 1}</span>
                      <span className={styles.title}>{label.title}</span>
                    </button>
                  </div>
                  {errors.has(at) && (
                    <p role="alert" className={styles.error}>
                      {errors.get(at)}
                    </p>
                  )}
                  {label.key === open && (
                    <LabelForm
                      label={label}
                      pictures={pictures}
                      linkField={linkField}
                      onChange={(more) => change(label.key, more)}
                      onMove={() => setAim({ move: label.key })}
                      onView={() => {
                        if (!element.current) return;
                        change(label.key, { view: viewNow(element.current) });
                        say(t('edit.view-kept'));
                      }}
                      onRemove={() => remove(label)}
                    />
                  )}
                </div>
              );
            }}
          </SortableList>
        </div>
        <footer className={styles.foot}>{children}</footer>
      </section>
    </div>
  );
}

interface FormProps extends Pick<Props, 'pictures' | 'linkField'> {
  label: Kept;
  onChange: (more: Partial<Kept>) => void;
  onMove: () => void;
  onView: () => void;
  onRemove: () => void;
}

function LabelForm({ label, pictures, linkField, onChange, onMove, onView, onRemove }: FormProps) {
  const t = useTexts(modelTexts);
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
