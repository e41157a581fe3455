import{a}from"./chunk-SWM32TOE.js";import"./chunk-6DSDX2NM.js";export default a();
