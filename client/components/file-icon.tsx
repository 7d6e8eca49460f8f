import {
  CodeSandboxOutlined,
  FileImageOutlined,
  FileOutlined,
  FilePdfOutlined,
  FilePptOutlined,
  FileTextOutlined,
  FileZipOutlined,
  SoundOutlined,
  VideoCameraOutlined,
} from '@ant-design/icons';

const icons: [RegExp, typeof FileOutlined][] = [
  [/\.(pptx?|key|odp|dps)$/i, FilePptOutlined],
  [/\.pdf$/i, FilePdfOutlined],
  [/\.(png|jpe?g|webp|svg|gif|tiff?|bmp|hei[cf])$/i, FileImageOutlined],
  [/\.(mp4|webm|mov|mkv|avi|m4v)$/i, VideoCameraOutlined],
  [/\.(mp3|wav|m4a|ogg|flac)$/i, SoundOutlined],
  [/\.(glb|gltf|usdz|fbx|obj|stl|step|stp|iges|igs|brep)$/i, CodeSandboxOutlined],
  [/\.(zip|7z|rar|tar|gz)$/i, FileZipOutlined],
  [/\.(docx?|txt|md|epub|odt|wps|xlsx?|csv)$/i, FileTextOutlined],
];

/** What a file is, at a glance, by its ending. */
export function FileIcon({ path }: { path: string }) {
  const Icon = icons.find(([pattern]) => pattern.test(path))?.[1] ?? FileOutlined;
  return (
    <Icon
      aria-hidden="true"
      style={{ flex: 'none', fontSize: 18, color: 'var(--ant-color-text-tertiary)' }}
    />
  );
}
