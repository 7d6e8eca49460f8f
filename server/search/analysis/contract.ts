const pairs =
  '⺁厂⺊卜⺎兀⺒巳⺓幺⺜日⺝月⺠民⺧牛⺩王⺪疋⺫目⺬示⺮竹⺶羊⺷羊⺻聿⺼肉⺽臼⻁虎⻄西⻅见⻆角⻉贝⻊足⻋车⻑长⻓长⻔门⻕阜⻗雨⻘青⻙韦⻚页⻛风⻜飞⻝食⻡首⻢马⻣骨⻤鬼⻥鱼⻦鸟⻧卤⻨麦⻩黄⻪黾⻬齐⻮齿⻰龙';

/**
 * Radicals that some programs write into a PDF in place of the characters that look the same, as ⻋ for 车, and the
 * characters (Unicode, EquivalentUnifiedIdeograph.txt). Normalisation leaves these alone.
 */
export const radicals: ReadonlyMap<string, string> = new Map(
  pairs.match(/../gu)?.map(([radical = '', character = '']) => [radical, character]),
);
