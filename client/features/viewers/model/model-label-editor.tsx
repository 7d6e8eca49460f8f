import { PictureOutlined } from '@ant-design/icons';
import type { ModelViewerElement } from '@google/model-viewer';
import { Button } from 'antd';
import { useRef, useState } from 'react';
import { isInSphere } from '../../../../server/resources/contract.ts';
import { useTexts } from '../../../i18n/index.ts';
import { useCalm } from '../../../theme/appearance.ts';
import { nameOf, type Viewable } from '../kinds.ts';
import { labelTexts } from '../labels/i18n.ts';
import { type DeskProps, LabelEditor } from '../labels/label-editor.tsx';
import { pictureOf } from '../labels/picture-of.ts';
import { NotOpened } from '../viewer-boundary.tsx';
import { modelTexts } from './i18n.ts';
import { goTo, type Place, placeInMiddle, viewNow } from './label.ts';
import { ModelElement } from './model-element.tsx';
import { OnceWeighed } from './once-weighed.tsx';

type Props = DeskProps & { file: Viewable };

/** Puts numbered labels on a model: click on its surface, write what stands there, keep the view. */
export const ModelLabelEditor = (props: Props) => (
  <OnceWeighed file={props.file}>{(src) => <Desk {...props} src={src} />}</OnceWeighed>
);

function Desk({ file, src, ...desk }: Props & { src: string }) {
  const t = useTexts(modelTexts);
  const words = useTexts(labelTexts);
  const calm = useCalm();
  const element = useRef<ModelViewerElement>(null);
  const [failed, setFailed] = useState(false);
  const labels = desk.labels.flatMap((label) => (isInSphere(label) ? [] : [label]));

  const spot = (place: Place | undefined) =>
    element.current && place ? { ...place, view: viewNow(element.current) } : undefined;

  async function takePicture() {
    const viewer = element.current;
    if (viewer) desk.onPicture(await pictureOf(await viewer.toBlob({ mimeType: 'image/png' })));
  }

  if (failed) return <NotOpened because={file.failure} />;
  return (
    <LabelEditor
      {...desk}
      labels={labels}
      says={{ aim: t('edit.aim'), beside: t('edit.beside'), empty: t('edit.empty') }}
      spotInMiddle={() => spot(element.current ? placeInMiddle(element.current) : undefined)}
      seenNow={(label) =>
        element.current && !isInSphere(label) ? { ...label, view: viewNow(element.current) } : label
      }
      goTo={(label) => element.current && !isInSphere(label) && goTo(element.current, label.view, calm)}
      stage={({ active, onLabel, onSpot }) => (
        <ModelElement
          element={element}
          src={src}
          alt={t('of', { name: nameOf(file.path) })}
          poster={file.poster}
          isStill
          labels={labels}
          active={active}
          onLabel={onLabel}
          onPoint={onSpot && ((place) => onSpot(spot(place)))}
          onError={() => setFailed(true)}
        />
      )}
      tools={
        <Button icon={<PictureOutlined />} loading={desk.isPicturing} onClick={() => void takePicture()}>
          {words('edit.picture')}
        </Button>
      }
    />
  );
}
