interface Section {
  id: string;
  title: string;
  note: string;
  /** Keys of the plan, each with what the curator says about it. */
  items: Record<string, string>;
}

interface Collection {
  key: string;
  /** Key of a person. */
  curator: string;
  title: string;
  summary: string;
  sections: Section[];
}

/** Collections by the curators, as a reader meets them. The first item gives the cover. */
export const collections: Collection[] = [
  {
    key: 'turning-first-term',
    curator: 'yu',
    title: '数控车削：第一学期实训',
    summary: '从对刀到阶梯轴，一学期 18 周可直接使用的资源组合。',
    sections: [
      {
        id: 'prepare',
        title: '一、准备与对刀',
        note: '第 1–6 周。先看模型认识机床，再讲课件，最后两人一组填写工作页；对刀未经教师检查，不得启动主轴。',
        items: {
          'lathe-tool-setting/lesson': '第 2 周讲授，约 2 课时。试切法一节请配合机床现场演示。',
          'lathe-tool-setting/model': '上机之前用：让学生先在模型上指出刀架、卡盘和尾座。',
          'lathe-tool-setting/worksheet': '每人一份，教师在“检查”一栏签字后才能进入下一任务。',
        },
      },
      {
        id: 'machine',
        title: '二、加工阶梯轴',
        note: '第 7–18 周。按粗车、精车、检测三步进行，每步都有评分；材料为 45 钢，每组备料三根。',
        items: {
          'stepped-shaft/lesson': '工艺路线与切削用量，讲完后让各组自己排一次工序。',
          'stepped-shaft/micro-lesson': '课前自学，用来说明精车时为什么要换刀。',
          'stepped-shaft/worksheet': '工序卡和检测记录装订成册，作为期末成绩的一半。',
          'stepped-shaft/model': '图样看不懂的学生，可以先转动模型对照尺寸。',
        },
      },
    ],
  },
  {
    key: 'welding-levels',
    curator: 'xiao',
    title: '焊工技能等级：初级到高级',
    summary: '由行业协会精选，对应特殊焊接技术证书三个等级。',
    sections: [
      {
        id: 'basic',
        title: '初级：焊条电弧焊',
        note: '没有焊接经验的学生从这里开始。先完成安全与防护的考核，再领焊钳。',
        items: {
          'flat-butt-weld/lesson': '平位对接是所有位置的基础，运条手法请放慢示范。',
          'flat-butt-weld/worksheet': '外观检查一栏按证书初级标准填写，不合格的试件要重焊。',
        },
      },
      {
        id: 'middle',
        title: '中级：气体保护焊',
        note: '手工与机器人两条线同时推进：先会手工焊，才看得懂机器人的焊接参数。',
        items: {
          'gas-shielded-vertical/lesson': '立焊容易产生未熔合，第三节的缺陷对照图值得多讲。',
          'gas-shielded-vertical/worksheet': '三种电流各焊一道，比较熔深后再定自己的参数。',
          'robot-arc-welding/lesson': '作为拓展：同一条焊缝，由手工焊改为机器人焊。',
        },
      },
      {
        id: 'high',
        title: '高级：氩弧焊',
        note: '面向参加技能竞赛和高级考核的学生，建议小班教学，一人一工位。',
        items: {
          'tig-pipe/lesson': '重点在打底焊的背面保护，考核时最容易在这里丢分。',
          'tig-pipe/model': '管子固定以后看不到的位置，可以在模型上看清焊枪角度。',
        },
      },
    ],
  },
  {
    key: 'smart-line',
    curator: 'yu',
    title: '智能制造产线：电、气、机器人',
    summary: '一条分拣码垛产线需要的全部基础：电气控制、气动、传感器和机器人。',
    sections: [
      {
        id: 'electric',
        title: '电气与气动',
        note: '先单站、后联线：电机、气缸、传感器各自调通，再接到同一台 PLC 上。',
        items: {
          'motor-reversing/lesson': '互锁是安全的底线，课堂上请让学生说出少了它会怎样。',
          'pneumatic-sequence/lesson': '先在回路图上走一遍动作顺序，再上实训台接气管。',
          'sorting-station/worksheet': '综合任务，四人一组：接线、编程、调试、记录各一人，轮换一次。',
        },
      },
      {
        id: 'robot',
        title: '机器人',
        note: '码垛之前必须先标定工具坐标系，否则放下的位置会一层比一层偏。',
        items: {
          'palletising/lesson': '垛型计算可以和数学课一起上。',
          'tcp-calibration/worksheet': '标定误差超过 1 mm 要重做；记录表请保留到联线调试。',
          'palletising/model': '示教之前先在模型上确认机器人够得到最远的一角。',
        },
      },
    ],
  },
];
