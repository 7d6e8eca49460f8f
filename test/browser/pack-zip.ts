import { zipOf } from '../zip-of.ts';

export const manifest = (version: string) => `<?xml version="1.0"?>
<manifest identifier="m" xmlns="http://www.imsproject.org/xsd/imscp_rootv1p1p2" xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_rootv1p2">
  <metadata><schema>ADL SCORM</schema><schemaversion>${version}</schemaversion></metadata>
  <organizations default="o"><organization identifier="o"><title>对刀</title>
    <item identifier="one" identifierref="r"><title>第一课 试切</title></item>
    <item identifier="two" identifierref="r"><title>第二课 测量</title></item>
  </organization></organizations>
  <resources><resource identifier="r" type="webcontent" adlcp:scormtype="sco" href="sco/index.html"/></resources>
</manifest>`;

/** A course of two parts that says where the learner stopped, and passes whoever presses its button. */
export const scorm12 = (): Promise<Buffer> =>
  zipOf({
    'imsmanifest.xml': manifest('1.2'),
    'sco/index.html': `<!doctype html><meta charset="utf-8"><h1 id="place"></h1><button>完成</button><script>
      function find(at) { while (!at.API && at.parent && at.parent !== at) at = at.parent; return at.API; }
      const api = find(window);
      api.LMSInitialize('');
      document.getElementById('place').textContent = api.LMSGetValue('cmi.core.student_name') + ': ' + (api.LMSGetValue('cmi.suspend_data') || '从头开始');
      document.querySelector('button').onclick = () => {
        api.LMSSetValue('cmi.suspend_data', '第三页');
        api.LMSSetValue('cmi.core.score.raw', '86');
        api.LMSSetValue('cmi.core.lesson_status', 'passed');
        api.LMSSetValue('cmi.core.exit', 'suspend');
        api.LMSFinish('');
      };
    </script>`,
  });

/** The same in the words of SCORM 2004. */
export const scorm2004 = (): Promise<Buffer> =>
  zipOf({
    'imsmanifest.xml': manifest('2004 4th Edition'),
    'sco/index.html': `<!doctype html><meta charset="utf-8"><h1 id="place"></h1><button>完成</button><script>
      const api = window.API_1484_11;
      api.Initialize('');
      document.getElementById('place').textContent = api.GetValue('cmi.learner_name') + ': ' + (api.GetValue('cmi.location') || '从头开始');
      document.querySelector('button').onclick = () => {
        api.SetValue('cmi.location', '第三页');
        api.SetValue('cmi.score.scaled', '0.9');
        api.SetValue('cmi.completion_status', 'completed');
        api.SetValue('cmi.exit', 'suspend');
        api.Terminate('');
      };
    </script>`,
  });

/** A simulation: a page with a module, a style and data of its own, drawn on a canvas. */
export const webContent = (): Promise<Buffer> =>
  zipOf({
    '仿真/index.html':
      '<!doctype html><meta charset="utf-8"><link rel="stylesheet" href="look.css"><canvas width="400" height="300"></canvas><script type="module" src="main.js"></script>',
    '仿真/look.css': 'body { margin: 0; background: #123 }',
    '仿真/main.js':
      'const { colour } = await (await fetch("data.json")).json(); const to = document.querySelector("canvas").getContext("2d"); to.fillStyle = colour; to.fillRect(0, 0, 400, 300);',
    '仿真/data.json': '{"colour": "#c0392b"}',
  });

/** A book of two chapters. */
export const epub = (): Promise<Buffer> => {
  const chapter = (title: string) =>
    `<html xmlns="http://www.w3.org/1999/xhtml"><head><title>${title}</title></head><body><h1>${title}</h1></body></html>`;
  return zipOf({
    mimetype: 'application/epub+zip',
    'META-INF/container.xml':
      '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles><rootfile full-path="book/content.opf"/></rootfiles></container>',
    'book/content.opf':
      '<package xmlns="http://www.idpf.org/2007/opf"><metadata/><manifest><item id="nav" href="nav.xhtml" properties="nav"/><item id="a" href="a.xhtml"/><item id="b" href="b.xhtml"/></manifest><spine><itemref idref="a"/><itemref idref="b"/></spine></package>',
    'book/nav.xhtml':
      '<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"><body><nav epub:type="toc"><ol><li><a href="a.xhtml">焊接安全</a></li><li><a href="b.xhtml">焊前准备</a></li></ol></nav></body></html>',
    'book/a.xhtml': chapter('焊接安全'),
    'book/b.xhtml': chapter('焊前准备'),
  });
};

/** A question of three out of four points, with a library of its own; or without that library. */
export const h5p = ({ isWhole = true } = {}): Promise<Buffer> => {
  const library = { machineName: 'H5P.WheelCheck', majorVersion: 1, minorVersion: 2 };
  const folder = 'H5P.WheelCheck-1.2';
  return zipOf({
    'h5p.json': JSON.stringify({
      title: '砂轮检查',
      language: 'zh',
      mainLibrary: library.machineName,
      embedTypes: ['div'],
      license: 'U',
      preloadedDependencies: [library],
    }),
    'content/content.json': JSON.stringify({ question: '砂轮先做什么检查？', answer: '敲击听声' }),
    ...(isWhole && {
      [`${folder}/library.json`]: JSON.stringify({
        ...library,
        title: 'Wheel check',
        patchVersion: 0,
        runnable: 1,
        preloadedJs: [{ path: 'scripts/check.js' }],
        preloadedCss: [{ path: 'look.css' }],
      }),
      [`${folder}/look.css`]: '.wheel-check { padding: 2em; background: #123; color: #fff }',
      [`${folder}/scripts/check.js`]: `H5P.WheelCheck = (function ($) {
        function WheelCheck(params, id, extras) { H5P.EventDispatcher.call(this); this.params = params; this.contentId = id; this.seen = (extras && extras.previousState && extras.previousState.seen) || 0; }
        WheelCheck.prototype = Object.create(H5P.EventDispatcher.prototype);
        WheelCheck.prototype.constructor = WheelCheck;
        WheelCheck.prototype.getCurrentState = function () { return { seen: this.seen }; };
        WheelCheck.prototype.attach = function ($container) {
          const self = this;
          $container.addClass('wheel-check').append('<p>' + self.params.question + '</p>');
          $('<output>', { text: '看过 ' + self.seen + ' 步' }).appendTo($container);
          $('<button>', { text: '下一步', click: function () { self.seen++; $container.find('output').text('看过 ' + self.seen + ' 步'); } }).appendTo($container);
          $('<button>', { text: self.params.answer, click: function () { self.triggerXAPIScored(3, 4, 'answered', true, true); } }).appendTo($container);
        };
        return WheelCheck;
      })(H5P.jQuery);`,
    }),
  });
};
