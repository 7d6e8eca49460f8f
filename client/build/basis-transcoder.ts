/** Where the transcoder makes functions out of text, and what does the same without it. */
const replacements: readonly (readonly [RegExp, string])[] = [
  [
    /let\[args,invokerFnBody\]=createJsInvoker\([^;]*\);args\.push\(invokerFnBody\);var invokerFn=newFunc\(Function,args\)\(\.\.\.closureArgs\);/,
    `var invokerFn=function(...args){
      if(args.length!==argCount-2)throwBindingError('function '+humanName+' called with '+args.length+' arguments, expected '+(argCount-2));
      var destructors=[];
      var self=isClassMethodFunc?[argTypes[1].toWireType(destructors,this)]:[];
      var wired=args.map((arg,at)=>argTypes[at+2].toWireType(destructors,arg));
      var rv=cppInvokerFunc(cppTargetFunc,...self,...wired);
      if(needsDestructorStack)runDestructors(destructors);
      else [...(isClassMethodFunc?self:[]),...wired].forEach((param,at)=>{
        var type=argTypes[at+(isClassMethodFunc?1:2)];
        if(type.destructorFunction!==null)type.destructorFunction(param);
      });
      if(returns)return argTypes[0].fromWireType(rv);
    };`,
  ],
  [
    /var invokerFunction=newFunc\(Function,params\)\(\.\.\.args\);/,
    `var invokerFunction=(obj,func,destructorsRef,args)=>{
      var offset=0;
      var given=types.map((type)=>{
        var value=type.readValueFromPointer(args+offset);
        offset+=type.argPackAdvance;
        return value;
      });
      var rv=kind===1?reflectConstruct(func,given):func.apply(obj,given);
      if(!retType.isVoid)return emval_returnValue(retType,destructorsRef,rv);
    };`,
  ],
];

/**
 * The transcoder of three.js, which unpacks KTX2, without the functions that it makes out of text: our pages allow no
 * browser to run those (Content Security Policy), and models with such textures would never open.
 * @throws Error when it no longer is as we know it
 */
export function withoutEval(transcoder: string): string {
  const changed = replacements.reduce((text, [made, written]) => {
    if (!made.test(text)) throw new Error(`The Basis transcoder of three.js has no ${made.source}`);
    return text.replace(made, () => written);
  }, transcoder);
  if (/newFunc\(Function|new Function/.test(changed))
    throw new Error('The Basis transcoder of three.js makes more functions out of text than we know of');
  return changed;
}
