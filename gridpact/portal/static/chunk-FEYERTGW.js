import{a as wn,b as dn,c as hi,d as pi,e as Ke,g as cn,h as di,i as En,j as Le,k as Pn,l as ci,m as fi}from"./chunk-EGP3VMGA.js";import{a as pr,c as dr}from"./chunk-3BZDEURU.js";import"./chunk-6L5ZXRN7.js";import"./chunk-SWM32TOE.js";import{c as li,f as vn}from"./chunk-6DSDX2NM.js";var ui=li((yn,Fn)=>{(function(kt,Y){typeof yn=="object"&&typeof Fn=="object"?Fn.exports=Y():typeof define=="function"&&define.amd?define([],Y):typeof yn=="object"?yn.QRCodeStyling=Y():kt.QRCodeStyling=Y()})(self,(function(){return(()=>{var kt={192:(ct,wt)=>{var Mt,It,Qt=(function(){var Ot=function(et,tt){var Q=et,U=Ce[tt],D=null,it=0,pt=null,lt=[],ft={},Wt=function(S,E){D=(function(C){for(var V=new Array(C),O=0;O<C;O+=1){V[O]=new Array(C);for(var ot=0;ot<C;ot+=1)V[O][ot]=null}return V})(it=4*Q+17),Z(0,0),Z(it-7,0),Z(0,it-7),_(),p(),m(S,E),Q>=7&&b(S),pt==null&&(pt=T(Q,U,lt)),z(pt,E)},Z=function(S,E){for(var C=-1;C<=7;C+=1)if(!(S+C<=-1||it<=S+C))for(var V=-1;V<=7;V+=1)E+V<=-1||it<=E+V||(D[S+C][E+V]=0<=C&&C<=6&&(V==0||V==6)||0<=V&&V<=6&&(C==0||C==6)||2<=C&&C<=4&&2<=V&&V<=4)},p=function(){for(var S=8;S<it-8;S+=1)D[S][6]==null&&(D[S][6]=S%2==0);for(var E=8;E<it-8;E+=1)D[6][E]==null&&(D[6][E]=E%2==0)},_=function(){for(var S=Jt.getPatternPosition(Q),E=0;E<S.length;E+=1)for(var C=0;C<S.length;C+=1){var V=S[E],O=S[C];if(D[V][O]==null)for(var ot=-2;ot<=2;ot+=1)for(var ht=-2;ht<=2;ht+=1)D[V+ot][O+ht]=ot==-2||ot==2||ht==-2||ht==2||ot==0&&ht==0}},b=function(S){for(var E=Jt.getBCHTypeNumber(Q),C=0;C<18;C+=1){var V=!S&&(E>>C&1)==1;D[Math.floor(C/3)][C%3+it-8-3]=V}for(C=0;C<18;C+=1)V=!S&&(E>>C&1)==1,D[C%3+it-8-3][Math.floor(C/3)]=V},m=function(S,E){for(var C=U<<3|E,V=Jt.getBCHTypeInfo(C),O=0;O<15;O+=1){var ot=!S&&(V>>O&1)==1;O<6?D[O][8]=ot:O<8?D[O+1][8]=ot:D[it-15+O][8]=ot}for(O=0;O<15;O+=1)ot=!S&&(V>>O&1)==1,O<8?D[8][it-O-1]=ot:O<9?D[8][15-O-1+1]=ot:D[8][15-O-1]=ot;D[it-8][8]=!S},z=function(S,E){for(var C=-1,V=it-1,O=7,ot=0,ht=Jt.getMaskFunction(E),K=it-1;K>0;K-=2)for(K==6&&(K-=1);;){for(var dt=0;dt<2;dt+=1)if(D[V][K-dt]==null){var mt=!1;ot<S.length&&(mt=(S[ot]>>>O&1)==1),ht(V,K-dt)&&(mt=!mt),D[V][K-dt]=mt,(O-=1)==-1&&(ot+=1,O=7)}if((V+=C)<0||it<=V){V-=C,C=-C;break}}},T=function(S,E,C){for(var V=le.getRSBlocks(S,E),O=Bt(),ot=0;ot<C.length;ot+=1){var ht=C[ot];O.put(ht.getMode(),4),O.put(ht.getLength(),Jt.getLengthInBits(ht.getMode(),S)),ht.write(O)}var K=0;for(ot=0;ot<V.length;ot+=1)K+=V[ot].dataCount;if(O.getLengthInBits()>8*K)throw"code length overflow. ("+O.getLengthInBits()+">"+8*K+")";for(O.getLengthInBits()+4<=8*K&&O.put(0,4);O.getLengthInBits()%8!=0;)O.putBit(!1);for(;!(O.getLengthInBits()>=8*K||(O.put(236,8),O.getLengthInBits()>=8*K));)O.put(17,8);return(function(dt,mt){for(var bt=0,Lt=0,$=0,xt=new Array(mt.length),gt=new Array(mt.length),Ct=0;Ct<mt.length;Ct+=1){var Gt=mt[Ct].dataCount,Ft=mt[Ct].totalCount-Gt;Lt=Math.max(Lt,Gt),$=Math.max($,Ft),xt[Ct]=new Array(Gt);for(var yt=0;yt<xt[Ct].length;yt+=1)xt[Ct][yt]=255&dt.getBuffer()[yt+bt];bt+=Gt;var Vt=Jt.getErrorCorrectPolynomial(Ft),Et=me(xt[Ct],Vt.getLength()-1).mod(Vt);for(gt[Ct]=new Array(Vt.getLength()-1),yt=0;yt<gt[Ct].length;yt+=1){var Tt=yt+Et.getLength()-gt[Ct].length;gt[Ct][yt]=Tt>=0?Et.getAt(Tt):0}}var Nt=0;for(yt=0;yt<mt.length;yt+=1)Nt+=mt[yt].totalCount;var Ht=new Array(Nt),Ut=0;for(yt=0;yt<Lt;yt+=1)for(Ct=0;Ct<mt.length;Ct+=1)yt<xt[Ct].length&&(Ht[Ut]=xt[Ct][yt],Ut+=1);for(yt=0;yt<$;yt+=1)for(Ct=0;Ct<mt.length;Ct+=1)yt<gt[Ct].length&&(Ht[Ut]=gt[Ct][yt],Ut+=1);return Ht})(O,V)};ft.addData=function(S,E){var C=null;switch(E=E||"Byte"){case"Numeric":C=ve(S);break;case"Alphanumeric":C=Be(S);break;case"Byte":C=ke(S);break;case"Kanji":C=ge(S);break;default:throw"mode:"+E}lt.push(C),pt=null},ft.isDark=function(S,E){if(S<0||it<=S||E<0||it<=E)throw S+","+E;return D[S][E]},ft.getModuleCount=function(){return it},ft.make=function(){if(Q<1){for(var S=1;S<40;S++){for(var E=le.getRSBlocks(S,U),C=Bt(),V=0;V<lt.length;V++){var O=lt[V];C.put(O.getMode(),4),C.put(O.getLength(),Jt.getLengthInBits(O.getMode(),S)),O.write(C)}var ot=0;for(V=0;V<E.length;V++)ot+=E[V].dataCount;if(C.getLengthInBits()<=8*ot)break}Q=S}Wt(!1,(function(){for(var ht=0,K=0,dt=0;dt<8;dt+=1){Wt(!0,dt);var mt=Jt.getLostPoint(ft);(dt==0||ht>mt)&&(ht=mt,K=dt)}return K})())},ft.createTableTag=function(S,E){S=S||2;var C="";C+='<table style="',C+=" border-width: 0px; border-style: none;",C+=" border-collapse: collapse;",C+=" padding: 0px; margin: "+(E=E===void 0?4*S:E)+"px;",C+='">',C+="<tbody>";for(var V=0;V<ft.getModuleCount();V+=1){C+="<tr>";for(var O=0;O<ft.getModuleCount();O+=1)C+='<td style="',C+=" border-width: 0px; border-style: none;",C+=" border-collapse: collapse;",C+=" padding: 0px; margin: 0px;",C+=" width: "+S+"px;",C+=" height: "+S+"px;",C+=" background-color: ",C+=ft.isDark(V,O)?"#000000":"#ffffff",C+=";",C+='"/>';C+="</tr>"}return(C+="</tbody>")+"</table>"},ft.createSvgTag=function(S,E,C,V){var O={};typeof arguments[0]=="object"&&(S=(O=arguments[0]).cellSize,E=O.margin,C=O.alt,V=O.title),S=S||2,E=E===void 0?4*S:E,(C=typeof C=="string"?{text:C}:C||{}).text=C.text||null,C.id=C.text?C.id||"qrcode-description":null,(V=typeof V=="string"?{text:V}:V||{}).text=V.text||null,V.id=V.text?V.id||"qrcode-title":null;var ot,ht,K,dt,mt=ft.getModuleCount()*S+2*E,bt="";for(dt="l"+S+",0 0,"+S+" -"+S+",0 0,-"+S+"z ",bt+='<svg version="1.1" xmlns="http://www.w3.org/2000/svg"',bt+=O.scalable?"":' width="'+mt+'px" height="'+mt+'px"',bt+=' viewBox="0 0 '+mt+" "+mt+'" ',bt+=' preserveAspectRatio="xMinYMin meet"',bt+=V.text||C.text?' role="img" aria-labelledby="'+N([V.id,C.id].join(" ").trim())+'"':"",bt+=">",bt+=V.text?'<title id="'+N(V.id)+'">'+N(V.text)+"</title>":"",bt+=C.text?'<description id="'+N(C.id)+'">'+N(C.text)+"</description>":"",bt+='<rect width="100%" height="100%" fill="white" cx="0" cy="0"/>',bt+='<path d="',ht=0;ht<ft.getModuleCount();ht+=1)for(K=ht*S+E,ot=0;ot<ft.getModuleCount();ot+=1)ft.isDark(ht,ot)&&(bt+="M"+(ot*S+E)+","+K+dt);return(bt+='" stroke="transparent" fill="black"/>')+"</svg>"},ft.createDataURL=function(S,E){S=S||2,E=E===void 0?4*S:E;var C=ft.getModuleCount()*S+2*E,V=E,O=C-E;return je(C,C,(function(ot,ht){if(V<=ot&&ot<O&&V<=ht&&ht<O){var K=Math.floor((ot-V)/S),dt=Math.floor((ht-V)/S);return ft.isDark(dt,K)?0:1}return 1}))},ft.createImgTag=function(S,E,C){S=S||2,E=E===void 0?4*S:E;var V=ft.getModuleCount()*S+2*E,O="";return O+="<img",O+=' src="',O+=ft.createDataURL(S,E),O+='"',O+=' width="',O+=V,O+='"',O+=' height="',O+=V,O+='"',C&&(O+=' alt="',O+=N(C),O+='"'),O+"/>"};var N=function(S){for(var E="",C=0;C<S.length;C+=1){var V=S.charAt(C);switch(V){case"<":E+="&lt;";break;case">":E+="&gt;";break;case"&":E+="&amp;";break;case'"':E+="&quot;";break;default:E+=V}}return E};return ft.createASCII=function(S,E){if((S=S||1)<2)return(function(xt){xt=xt===void 0?2:xt;var gt,Ct,Gt,Ft,yt,Vt=1*ft.getModuleCount()+2*xt,Et=xt,Tt=Vt-xt,Nt={"\u2588\u2588":"\u2588","\u2588 ":"\u2580"," \u2588":"\u2584","  ":" "},Ht={"\u2588\u2588":"\u2580","\u2588 ":"\u2580"," \u2588":" ","  ":" "},Ut="";for(gt=0;gt<Vt;gt+=2){for(Gt=Math.floor((gt-Et)/1),Ft=Math.floor((gt+1-Et)/1),Ct=0;Ct<Vt;Ct+=1)yt="\u2588",Et<=Ct&&Ct<Tt&&Et<=gt&&gt<Tt&&ft.isDark(Gt,Math.floor((Ct-Et)/1))&&(yt=" "),Et<=Ct&&Ct<Tt&&Et<=gt+1&&gt+1<Tt&&ft.isDark(Ft,Math.floor((Ct-Et)/1))?yt+=" ":yt+="\u2588",Ut+=xt<1&&gt+1>=Tt?Ht[yt]:Nt[yt];Ut+=`
`}return Vt%2&&xt>0?Ut.substring(0,Ut.length-Vt-1)+Array(Vt+1).join("\u2580"):Ut.substring(0,Ut.length-1)})(E);S-=1,E=E===void 0?2*S:E;var C,V,O,ot,ht=ft.getModuleCount()*S+2*E,K=E,dt=ht-E,mt=Array(S+1).join("\u2588\u2588"),bt=Array(S+1).join("  "),Lt="",$="";for(C=0;C<ht;C+=1){for(O=Math.floor((C-K)/S),$="",V=0;V<ht;V+=1)ot=1,K<=V&&V<dt&&K<=C&&C<dt&&ft.isDark(O,Math.floor((V-K)/S))&&(ot=0),$+=ot?mt:bt;for(O=0;O<S;O+=1)Lt+=$+`
`}return Lt.substring(0,Lt.length-1)},ft.renderTo2dContext=function(S,E){E=E||2;for(var C=ft.getModuleCount(),V=0;V<C;V++)for(var O=0;O<C;O++)S.fillStyle=ft.isDark(V,O)?"black":"white",S.fillRect(V*E,O*E,E,E)},ft};Ot.stringToBytes=(Ot.stringToBytesFuncs={default:function(et){for(var tt=[],Q=0;Q<et.length;Q+=1){var U=et.charCodeAt(Q);tt.push(255&U)}return tt}}).default,Ot.createStringToBytes=function(et,tt){var Q=(function(){for(var D=Ve(et),it=function(){var p=D.read();if(p==-1)throw"eof";return p},pt=0,lt={};;){var ft=D.read();if(ft==-1)break;var Wt=it(),Z=it()<<8|it();lt[String.fromCharCode(ft<<8|Wt)]=Z,pt+=1}if(pt!=tt)throw pt+" != "+tt;return lt})(),U=63;return function(D){for(var it=[],pt=0;pt<D.length;pt+=1){var lt=D.charCodeAt(pt);if(lt<128)it.push(lt);else{var ft=Q[D.charAt(pt)];typeof ft=="number"?(255&ft)==ft?it.push(ft):(it.push(ft>>>8),it.push(255&ft)):it.push(U)}}return it}};var ne,qt,Dt,zt,Pt,Ce={L:1,M:0,Q:3,H:2},Jt=(ne=[[],[6,18],[6,22],[6,26],[6,30],[6,34],[6,22,38],[6,24,42],[6,26,46],[6,28,50],[6,30,54],[6,32,58],[6,34,62],[6,26,46,66],[6,26,48,70],[6,26,50,74],[6,30,54,78],[6,30,56,82],[6,30,58,86],[6,34,62,90],[6,28,50,72,94],[6,26,50,74,98],[6,30,54,78,102],[6,28,54,80,106],[6,32,58,84,110],[6,30,58,86,114],[6,34,62,90,118],[6,26,50,74,98,122],[6,30,54,78,102,126],[6,26,52,78,104,130],[6,30,56,82,108,134],[6,34,60,86,112,138],[6,30,58,86,114,142],[6,34,62,90,118,146],[6,30,54,78,102,126,150],[6,24,50,76,102,128,154],[6,28,54,80,106,132,158],[6,32,58,84,110,136,162],[6,26,54,82,110,138,166],[6,30,58,86,114,142,170]],qt=1335,Dt=7973,Pt=function(et){for(var tt=0;et!=0;)tt+=1,et>>>=1;return tt},(zt={}).getBCHTypeInfo=function(et){for(var tt=et<<10;Pt(tt)-Pt(qt)>=0;)tt^=qt<<Pt(tt)-Pt(qt);return 21522^(et<<10|tt)},zt.getBCHTypeNumber=function(et){for(var tt=et<<12;Pt(tt)-Pt(Dt)>=0;)tt^=Dt<<Pt(tt)-Pt(Dt);return et<<12|tt},zt.getPatternPosition=function(et){return ne[et-1]},zt.getMaskFunction=function(et){switch(et){case 0:return function(tt,Q){return(tt+Q)%2==0};case 1:return function(tt,Q){return tt%2==0};case 2:return function(tt,Q){return Q%3==0};case 3:return function(tt,Q){return(tt+Q)%3==0};case 4:return function(tt,Q){return(Math.floor(tt/2)+Math.floor(Q/3))%2==0};case 5:return function(tt,Q){return tt*Q%2+tt*Q%3==0};case 6:return function(tt,Q){return(tt*Q%2+tt*Q%3)%2==0};case 7:return function(tt,Q){return(tt*Q%3+(tt+Q)%2)%2==0};default:throw"bad maskPattern:"+et}},zt.getErrorCorrectPolynomial=function(et){for(var tt=me([1],0),Q=0;Q<et;Q+=1)tt=tt.multiply(me([1,ae.gexp(Q)],0));return tt},zt.getLengthInBits=function(et,tt){if(1<=tt&&tt<10)switch(et){case 1:return 10;case 2:return 9;case 4:case 8:return 8;default:throw"mode:"+et}else if(tt<27)switch(et){case 1:return 12;case 2:return 11;case 4:return 16;case 8:return 10;default:throw"mode:"+et}else{if(!(tt<41))throw"type:"+tt;switch(et){case 1:return 14;case 2:return 13;case 4:return 16;case 8:return 12;default:throw"mode:"+et}}},zt.getLostPoint=function(et){for(var tt=et.getModuleCount(),Q=0,U=0;U<tt;U+=1)for(var D=0;D<tt;D+=1){for(var it=0,pt=et.isDark(U,D),lt=-1;lt<=1;lt+=1)if(!(U+lt<0||tt<=U+lt))for(var ft=-1;ft<=1;ft+=1)D+ft<0||tt<=D+ft||lt==0&&ft==0||pt==et.isDark(U+lt,D+ft)&&(it+=1);it>5&&(Q+=3+it-5)}for(U=0;U<tt-1;U+=1)for(D=0;D<tt-1;D+=1){var Wt=0;et.isDark(U,D)&&(Wt+=1),et.isDark(U+1,D)&&(Wt+=1),et.isDark(U,D+1)&&(Wt+=1),et.isDark(U+1,D+1)&&(Wt+=1),Wt!=0&&Wt!=4||(Q+=3)}for(U=0;U<tt;U+=1)for(D=0;D<tt-6;D+=1)et.isDark(U,D)&&!et.isDark(U,D+1)&&et.isDark(U,D+2)&&et.isDark(U,D+3)&&et.isDark(U,D+4)&&!et.isDark(U,D+5)&&et.isDark(U,D+6)&&(Q+=40);for(D=0;D<tt;D+=1)for(U=0;U<tt-6;U+=1)et.isDark(U,D)&&!et.isDark(U+1,D)&&et.isDark(U+2,D)&&et.isDark(U+3,D)&&et.isDark(U+4,D)&&!et.isDark(U+5,D)&&et.isDark(U+6,D)&&(Q+=40);var Z=0;for(D=0;D<tt;D+=1)for(U=0;U<tt;U+=1)et.isDark(U,D)&&(Z+=1);return Q+Math.abs(100*Z/tt/tt-50)/5*10},zt),ae=(function(){for(var et=new Array(256),tt=new Array(256),Q=0;Q<8;Q+=1)et[Q]=1<<Q;for(Q=8;Q<256;Q+=1)et[Q]=et[Q-4]^et[Q-5]^et[Q-6]^et[Q-8];for(Q=0;Q<255;Q+=1)tt[et[Q]]=Q;return{glog:function(U){if(U<1)throw"glog("+U+")";return tt[U]},gexp:function(U){for(;U<0;)U+=255;for(;U>=256;)U-=255;return et[U]}}})();function me(et,tt){if(et.length===void 0)throw et.length+"/"+tt;var Q=(function(){for(var D=0;D<et.length&&et[D]==0;)D+=1;for(var it=new Array(et.length-D+tt),pt=0;pt<et.length-D;pt+=1)it[pt]=et[pt+D];return it})(),U={getAt:function(D){return Q[D]},getLength:function(){return Q.length},multiply:function(D){for(var it=new Array(U.getLength()+D.getLength()-1),pt=0;pt<U.getLength();pt+=1)for(var lt=0;lt<D.getLength();lt+=1)it[pt+lt]^=ae.gexp(ae.glog(U.getAt(pt))+ae.glog(D.getAt(lt)));return me(it,0)},mod:function(D){if(U.getLength()-D.getLength()<0)return U;for(var it=ae.glog(U.getAt(0))-ae.glog(D.getAt(0)),pt=new Array(U.getLength()),lt=0;lt<U.getLength();lt+=1)pt[lt]=U.getAt(lt);for(lt=0;lt<D.getLength();lt+=1)pt[lt]^=ae.gexp(ae.glog(D.getAt(lt))+it);return me(pt,0).mod(D)}};return U}var le=(function(){var et=[[1,26,19],[1,26,16],[1,26,13],[1,26,9],[1,44,34],[1,44,28],[1,44,22],[1,44,16],[1,70,55],[1,70,44],[2,35,17],[2,35,13],[1,100,80],[2,50,32],[2,50,24],[4,25,9],[1,134,108],[2,67,43],[2,33,15,2,34,16],[2,33,11,2,34,12],[2,86,68],[4,43,27],[4,43,19],[4,43,15],[2,98,78],[4,49,31],[2,32,14,4,33,15],[4,39,13,1,40,14],[2,121,97],[2,60,38,2,61,39],[4,40,18,2,41,19],[4,40,14,2,41,15],[2,146,116],[3,58,36,2,59,37],[4,36,16,4,37,17],[4,36,12,4,37,13],[2,86,68,2,87,69],[4,69,43,1,70,44],[6,43,19,2,44,20],[6,43,15,2,44,16],[4,101,81],[1,80,50,4,81,51],[4,50,22,4,51,23],[3,36,12,8,37,13],[2,116,92,2,117,93],[6,58,36,2,59,37],[4,46,20,6,47,21],[7,42,14,4,43,15],[4,133,107],[8,59,37,1,60,38],[8,44,20,4,45,21],[12,33,11,4,34,12],[3,145,115,1,146,116],[4,64,40,5,65,41],[11,36,16,5,37,17],[11,36,12,5,37,13],[5,109,87,1,110,88],[5,65,41,5,66,42],[5,54,24,7,55,25],[11,36,12,7,37,13],[5,122,98,1,123,99],[7,73,45,3,74,46],[15,43,19,2,44,20],[3,45,15,13,46,16],[1,135,107,5,136,108],[10,74,46,1,75,47],[1,50,22,15,51,23],[2,42,14,17,43,15],[5,150,120,1,151,121],[9,69,43,4,70,44],[17,50,22,1,51,23],[2,42,14,19,43,15],[3,141,113,4,142,114],[3,70,44,11,71,45],[17,47,21,4,48,22],[9,39,13,16,40,14],[3,135,107,5,136,108],[3,67,41,13,68,42],[15,54,24,5,55,25],[15,43,15,10,44,16],[4,144,116,4,145,117],[17,68,42],[17,50,22,6,51,23],[19,46,16,6,47,17],[2,139,111,7,140,112],[17,74,46],[7,54,24,16,55,25],[34,37,13],[4,151,121,5,152,122],[4,75,47,14,76,48],[11,54,24,14,55,25],[16,45,15,14,46,16],[6,147,117,4,148,118],[6,73,45,14,74,46],[11,54,24,16,55,25],[30,46,16,2,47,17],[8,132,106,4,133,107],[8,75,47,13,76,48],[7,54,24,22,55,25],[22,45,15,13,46,16],[10,142,114,2,143,115],[19,74,46,4,75,47],[28,50,22,6,51,23],[33,46,16,4,47,17],[8,152,122,4,153,123],[22,73,45,3,74,46],[8,53,23,26,54,24],[12,45,15,28,46,16],[3,147,117,10,148,118],[3,73,45,23,74,46],[4,54,24,31,55,25],[11,45,15,31,46,16],[7,146,116,7,147,117],[21,73,45,7,74,46],[1,53,23,37,54,24],[19,45,15,26,46,16],[5,145,115,10,146,116],[19,75,47,10,76,48],[15,54,24,25,55,25],[23,45,15,25,46,16],[13,145,115,3,146,116],[2,74,46,29,75,47],[42,54,24,1,55,25],[23,45,15,28,46,16],[17,145,115],[10,74,46,23,75,47],[10,54,24,35,55,25],[19,45,15,35,46,16],[17,145,115,1,146,116],[14,74,46,21,75,47],[29,54,24,19,55,25],[11,45,15,46,46,16],[13,145,115,6,146,116],[14,74,46,23,75,47],[44,54,24,7,55,25],[59,46,16,1,47,17],[12,151,121,7,152,122],[12,75,47,26,76,48],[39,54,24,14,55,25],[22,45,15,41,46,16],[6,151,121,14,152,122],[6,75,47,34,76,48],[46,54,24,10,55,25],[2,45,15,64,46,16],[17,152,122,4,153,123],[29,74,46,14,75,47],[49,54,24,10,55,25],[24,45,15,46,46,16],[4,152,122,18,153,123],[13,74,46,32,75,47],[48,54,24,14,55,25],[42,45,15,32,46,16],[20,147,117,4,148,118],[40,75,47,7,76,48],[43,54,24,22,55,25],[10,45,15,67,46,16],[19,148,118,6,149,119],[18,75,47,31,76,48],[34,54,24,34,55,25],[20,45,15,61,46,16]],tt=function(U,D){var it={};return it.totalCount=U,it.dataCount=D,it},Q={getRSBlocks:function(U,D){var it=(function(b,m){switch(m){case Ce.L:return et[4*(b-1)+0];case Ce.M:return et[4*(b-1)+1];case Ce.Q:return et[4*(b-1)+2];case Ce.H:return et[4*(b-1)+3];default:return}})(U,D);if(it===void 0)throw"bad rs block @ typeNumber:"+U+"/errorCorrectionLevel:"+D;for(var pt=it.length/3,lt=[],ft=0;ft<pt;ft+=1)for(var Wt=it[3*ft+0],Z=it[3*ft+1],p=it[3*ft+2],_=0;_<Wt;_+=1)lt.push(tt(Z,p));return lt}};return Q})(),Bt=function(){var et=[],tt=0,Q={getBuffer:function(){return et},getAt:function(U){var D=Math.floor(U/8);return(et[D]>>>7-U%8&1)==1},put:function(U,D){for(var it=0;it<D;it+=1)Q.putBit((U>>>D-it-1&1)==1)},getLengthInBits:function(){return tt},putBit:function(U){var D=Math.floor(tt/8);et.length<=D&&et.push(0),U&&(et[D]|=128>>>tt%8),tt+=1}};return Q},ve=function(et){var tt=et,Q={getMode:function(){return 1},getLength:function(it){return tt.length},write:function(it){for(var pt=tt,lt=0;lt+2<pt.length;)it.put(U(pt.substring(lt,lt+3)),10),lt+=3;lt<pt.length&&(pt.length-lt==1?it.put(U(pt.substring(lt,lt+1)),4):pt.length-lt==2&&it.put(U(pt.substring(lt,lt+2)),7))}},U=function(it){for(var pt=0,lt=0;lt<it.length;lt+=1)pt=10*pt+D(it.charAt(lt));return pt},D=function(it){if("0"<=it&&it<="9")return it.charCodeAt(0)-48;throw"illegal char :"+it};return Q},Be=function(et){var tt=et,Q={getMode:function(){return 2},getLength:function(D){return tt.length},write:function(D){for(var it=tt,pt=0;pt+1<it.length;)D.put(45*U(it.charAt(pt))+U(it.charAt(pt+1)),11),pt+=2;pt<it.length&&D.put(U(it.charAt(pt)),6)}},U=function(D){if("0"<=D&&D<="9")return D.charCodeAt(0)-48;if("A"<=D&&D<="Z")return D.charCodeAt(0)-65+10;switch(D){case" ":return 36;case"$":return 37;case"%":return 38;case"*":return 39;case"+":return 40;case"-":return 41;case".":return 42;case"/":return 43;case":":return 44;default:throw"illegal char :"+D}};return Q},ke=function(et){var tt=Ot.stringToBytes(et);return{getMode:function(){return 4},getLength:function(Q){return tt.length},write:function(Q){for(var U=0;U<tt.length;U+=1)Q.put(tt[U],8)}}},ge=function(et){var tt=Ot.stringToBytesFuncs.SJIS;if(!tt)throw"sjis not supported.";(function(U,D){var it=tt("\u53CB");if(it.length!=2||(it[0]<<8|it[1])!=38726)throw"sjis not supported."})();var Q=tt(et);return{getMode:function(){return 8},getLength:function(U){return~~(Q.length/2)},write:function(U){for(var D=Q,it=0;it+1<D.length;){var pt=(255&D[it])<<8|255&D[it+1];if(33088<=pt&&pt<=40956)pt-=33088;else{if(!(57408<=pt&&pt<=60351))throw"illegal char at "+(it+1)+"/"+pt;pt-=49472}pt=192*(pt>>>8&255)+(255&pt),U.put(pt,13),it+=2}if(it<D.length)throw"illegal char at "+(it+1)}}},Ze=function(){var et=[],tt={writeByte:function(Q){et.push(255&Q)},writeShort:function(Q){tt.writeByte(Q),tt.writeByte(Q>>>8)},writeBytes:function(Q,U,D){U=U||0,D=D||Q.length;for(var it=0;it<D;it+=1)tt.writeByte(Q[it+U])},writeString:function(Q){for(var U=0;U<Q.length;U+=1)tt.writeByte(Q.charCodeAt(U))},toByteArray:function(){return et},toString:function(){var Q="";Q+="[";for(var U=0;U<et.length;U+=1)U>0&&(Q+=","),Q+=et[U];return Q+"]"}};return tt},Ve=function(et){var tt=et,Q=0,U=0,D=0,it={read:function(){for(;D<8;){if(Q>=tt.length){if(D==0)return-1;throw"unexpected end of file./"+D}var lt=tt.charAt(Q);if(Q+=1,lt=="=")return D=0,-1;lt.match(/^\s$/)||(U=U<<6|pt(lt.charCodeAt(0)),D+=6)}var ft=U>>>D-8&255;return D-=8,ft}},pt=function(lt){if(65<=lt&&lt<=90)return lt-65;if(97<=lt&&lt<=122)return lt-97+26;if(48<=lt&&lt<=57)return lt-48+52;if(lt==43)return 62;if(lt==47)return 63;throw"c:"+lt};return it},je=function(et,tt,Q){for(var U=(function(Z,p){var _=Z,b=p,m=new Array(Z*p),z={setPixel:function(S,E,C){m[E*_+S]=C},write:function(S){S.writeString("GIF87a"),S.writeShort(_),S.writeShort(b),S.writeByte(128),S.writeByte(0),S.writeByte(0),S.writeByte(0),S.writeByte(0),S.writeByte(0),S.writeByte(255),S.writeByte(255),S.writeByte(255),S.writeString(","),S.writeShort(0),S.writeShort(0),S.writeShort(_),S.writeShort(b),S.writeByte(0);var E=T(2);S.writeByte(2);for(var C=0;E.length-C>255;)S.writeByte(255),S.writeBytes(E,C,255),C+=255;S.writeByte(E.length-C),S.writeBytes(E,C,E.length-C),S.writeByte(0),S.writeString(";")}},T=function(S){for(var E=1<<S,C=1+(1<<S),V=S+1,O=N(),ot=0;ot<E;ot+=1)O.add(String.fromCharCode(ot));O.add(String.fromCharCode(E)),O.add(String.fromCharCode(C));var ht,K,dt,mt=Ze(),bt=(ht=mt,K=0,dt=0,{write:function(gt,Ct){if(gt>>>Ct)throw"length over";for(;K+Ct>=8;)ht.writeByte(255&(gt<<K|dt)),Ct-=8-K,gt>>>=8-K,dt=0,K=0;dt|=gt<<K,K+=Ct},flush:function(){K>0&&ht.writeByte(dt)}});bt.write(E,V);var Lt=0,$=String.fromCharCode(m[Lt]);for(Lt+=1;Lt<m.length;){var xt=String.fromCharCode(m[Lt]);Lt+=1,O.contains($+xt)?$+=xt:(bt.write(O.indexOf($),V),O.size()<4095&&(O.size()==1<<V&&(V+=1),O.add($+xt)),$=xt)}return bt.write(O.indexOf($),V),bt.write(C,V),bt.flush(),mt.toByteArray()},N=function(){var S={},E=0,C={add:function(V){if(C.contains(V))throw"dup key:"+V;S[V]=E,E+=1},size:function(){return E},indexOf:function(V){return S[V]},contains:function(V){return S[V]!==void 0}};return C};return z})(et,tt),D=0;D<tt;D+=1)for(var it=0;it<et;it+=1)U.setPixel(it,D,Q(it,D));var pt=Ze();U.write(pt);for(var lt=(function(){var Z=0,p=0,_=0,b="",m={},z=function(N){b+=String.fromCharCode(T(63&N))},T=function(N){if(!(N<0)){if(N<26)return 65+N;if(N<52)return N-26+97;if(N<62)return N-52+48;if(N==62)return 43;if(N==63)return 47}throw"n:"+N};return m.writeByte=function(N){for(Z=Z<<8|255&N,p+=8,_+=1;p>=6;)z(Z>>>p-6),p-=6},m.flush=function(){if(p>0&&(z(Z<<6-p),Z=0,p=0),_%3!=0)for(var N=3-_%3,S=0;S<N;S+=1)b+="="},m.toString=function(){return b},m})(),ft=pt.toByteArray(),Wt=0;Wt<ft.length;Wt+=1)lt.writeByte(ft[Wt]);return lt.flush(),"data:image/gif;base64,"+lt};return Ot})();Qt.stringToBytesFuncs["UTF-8"]=function(Ot){return(function(ne){for(var qt=[],Dt=0;Dt<ne.length;Dt++){var zt=ne.charCodeAt(Dt);zt<128?qt.push(zt):zt<2048?qt.push(192|zt>>6,128|63&zt):zt<55296||zt>=57344?qt.push(224|zt>>12,128|zt>>6&63,128|63&zt):(Dt++,zt=65536+((1023&zt)<<10|1023&ne.charCodeAt(Dt)),qt.push(240|zt>>18,128|zt>>12&63,128|zt>>6&63,128|63&zt))}return qt})(Ot)},(It=typeof(Mt=function(){return Qt})=="function"?Mt.apply(wt,[]):Mt)===void 0||(ct.exports=It)},676:(ct,wt,Mt)=>{"use strict";Mt.d(wt,{default:()=>Wt});var It=function(){return(It=Object.assign||function(Z){for(var p,_=1,b=arguments.length;_<b;_++)for(var m in p=arguments[_])Object.prototype.hasOwnProperty.call(p,m)&&(Z[m]=p[m]);return Z}).apply(this,arguments)},Qt=function(){for(var Z=0,p=0,_=arguments.length;p<_;p++)Z+=arguments[p].length;var b=Array(Z),m=0;for(p=0;p<_;p++)for(var z=arguments[p],T=0,N=z.length;T<N;T++,m++)b[m]=z[T];return b},Ot=function(Z){return!!Z&&typeof Z=="object"&&!Array.isArray(Z)};function ne(Z){for(var p=[],_=1;_<arguments.length;_++)p[_-1]=arguments[_];if(!p.length)return Z;var b=p.shift();return b!==void 0&&Ot(Z)&&Ot(b)?(Z=It({},Z),Object.keys(b).forEach((function(m){var z=Z[m],T=b[m];Array.isArray(z)&&Array.isArray(T)?Z[m]=T:Ot(z)&&Ot(T)?Z[m]=ne(Object.assign({},z),T):Z[m]=T})),ne.apply(void 0,Qt([Z],p))):Z}function qt(Z,p){var _=document.createElement("a");_.download=p,_.href=Z,document.body.appendChild(_),_.click(),document.body.removeChild(_)}function Dt(Z){return p=this,_=void 0,m=function(){return(function(z,T){var N,S,E,C,V={label:0,sent:function(){if(1&E[0])throw E[1];return E[1]},trys:[],ops:[]};return C={next:O(0),throw:O(1),return:O(2)},typeof Symbol=="function"&&(C[Symbol.iterator]=function(){return this}),C;function O(ot){return function(ht){return(function(K){if(N)throw new TypeError("Generator is already executing.");for(;V;)try{if(N=1,S&&(E=2&K[0]?S.return:K[0]?S.throw||((E=S.return)&&E.call(S),0):S.next)&&!(E=E.call(S,K[1])).done)return E;switch(S=0,E&&(K=[2&K[0],E.value]),K[0]){case 0:case 1:E=K;break;case 4:return V.label++,{value:K[1],done:!1};case 5:V.label++,S=K[1],K=[0];continue;case 7:K=V.ops.pop(),V.trys.pop();continue;default:if(!((E=(E=V.trys).length>0&&E[E.length-1])||K[0]!==6&&K[0]!==2)){V=0;continue}if(K[0]===3&&(!E||K[1]>E[0]&&K[1]<E[3])){V.label=K[1];break}if(K[0]===6&&V.label<E[1]){V.label=E[1],E=K;break}if(E&&V.label<E[2]){V.label=E[2],V.ops.push(K);break}E[2]&&V.ops.pop(),V.trys.pop();continue}K=T.call(z,V)}catch(dt){K=[6,dt],S=0}finally{N=E=0}if(5&K[0])throw K[1];return{value:K[0]?K[1]:void 0,done:!0}})([ot,ht])}}})(this,(function(z){return[2,new Promise((function(T){var N=new XMLHttpRequest;N.onload=function(){var S=new FileReader;S.onloadend=function(){T(S.result)},S.readAsDataURL(N.response)},N.open("GET",Z),N.responseType="blob",N.send()}))]}))},new((b=void 0)||(b=Promise))((function(z,T){function N(C){try{E(m.next(C))}catch(V){T(V)}}function S(C){try{E(m.throw(C))}catch(V){T(V)}}function E(C){var V;C.done?z(C.value):(V=C.value,V instanceof b?V:new b((function(O){O(V)}))).then(N,S)}E((m=m.apply(p,_||[])).next())}));var p,_,b,m}let zt={L:.07,M:.15,Q:.25,H:.3};var Pt=function(){return(Pt=Object.assign||function(Z){for(var p,_=1,b=arguments.length;_<b;_++)for(var m in p=arguments[_])Object.prototype.hasOwnProperty.call(p,m)&&(Z[m]=p[m]);return Z}).apply(this,arguments)};let Ce=(function(){function Z(p){var _=p.svg,b=p.type;this._svg=_,this._type=b}return Z.prototype.draw=function(p,_,b,m){var z;switch(this._type){case"dots":z=this._drawDot;break;case"classy":z=this._drawClassy;break;case"classy-rounded":z=this._drawClassyRounded;break;case"rounded":z=this._drawRounded;break;case"extra-rounded":z=this._drawExtraRounded;break;default:z=this._drawSquare}z.call(this,{x:p,y:_,size:b,getNeighbor:m})},Z.prototype._rotateFigure=function(p){var _,b=p.x,m=p.y,z=p.size,T=p.rotation,N=T===void 0?0:T,S=b+z/2,E=m+z/2;(0,p.draw)(),(_=this._element)===null||_===void 0||_.setAttribute("transform","rotate("+180*N/Math.PI+","+S+","+E+")")},Z.prototype._basicDot=function(p){var _=this,b=p.size,m=p.x,z=p.y;this._rotateFigure(Pt(Pt({},p),{draw:function(){_._element=document.createElementNS("http://www.w3.org/2000/svg","circle"),_._element.setAttribute("cx",String(m+b/2)),_._element.setAttribute("cy",String(z+b/2)),_._element.setAttribute("r",String(b/2))}}))},Z.prototype._basicSquare=function(p){var _=this,b=p.size,m=p.x,z=p.y;this._rotateFigure(Pt(Pt({},p),{draw:function(){_._element=document.createElementNS("http://www.w3.org/2000/svg","rect"),_._element.setAttribute("x",String(m)),_._element.setAttribute("y",String(z)),_._element.setAttribute("width",String(b)),_._element.setAttribute("height",String(b))}}))},Z.prototype._basicSideRounded=function(p){var _=this,b=p.size,m=p.x,z=p.y;this._rotateFigure(Pt(Pt({},p),{draw:function(){_._element=document.createElementNS("http://www.w3.org/2000/svg","path"),_._element.setAttribute("d","M "+m+" "+z+"v "+b+"h "+b/2+"a "+b/2+" "+b/2+", 0, 0, 0, 0 "+-b)}}))},Z.prototype._basicCornerRounded=function(p){var _=this,b=p.size,m=p.x,z=p.y;this._rotateFigure(Pt(Pt({},p),{draw:function(){_._element=document.createElementNS("http://www.w3.org/2000/svg","path"),_._element.setAttribute("d","M "+m+" "+z+"v "+b+"h "+b+"v "+-b/2+"a "+b/2+" "+b/2+", 0, 0, 0, "+-b/2+" "+-b/2)}}))},Z.prototype._basicCornerExtraRounded=function(p){var _=this,b=p.size,m=p.x,z=p.y;this._rotateFigure(Pt(Pt({},p),{draw:function(){_._element=document.createElementNS("http://www.w3.org/2000/svg","path"),_._element.setAttribute("d","M "+m+" "+z+"v "+b+"h "+b+"a "+b+" "+b+", 0, 0, 0, "+-b+" "+-b)}}))},Z.prototype._basicCornersRounded=function(p){var _=this,b=p.size,m=p.x,z=p.y;this._rotateFigure(Pt(Pt({},p),{draw:function(){_._element=document.createElementNS("http://www.w3.org/2000/svg","path"),_._element.setAttribute("d","M "+m+" "+z+"v "+b/2+"a "+b/2+" "+b/2+", 0, 0, 0, "+b/2+" "+b/2+"h "+b/2+"v "+-b/2+"a "+b/2+" "+b/2+", 0, 0, 0, "+-b/2+" "+-b/2)}}))},Z.prototype._drawDot=function(p){var _=p.x,b=p.y,m=p.size;this._basicDot({x:_,y:b,size:m,rotation:0})},Z.prototype._drawSquare=function(p){var _=p.x,b=p.y,m=p.size;this._basicSquare({x:_,y:b,size:m,rotation:0})},Z.prototype._drawRounded=function(p){var _=p.x,b=p.y,m=p.size,z=p.getNeighbor,T=z?+z(-1,0):0,N=z?+z(1,0):0,S=z?+z(0,-1):0,E=z?+z(0,1):0,C=T+N+S+E;if(C!==0)if(C>2||T&&N||S&&E)this._basicSquare({x:_,y:b,size:m,rotation:0});else{if(C===2){var V=0;return T&&S?V=Math.PI/2:S&&N?V=Math.PI:N&&E&&(V=-Math.PI/2),void this._basicCornerRounded({x:_,y:b,size:m,rotation:V})}if(C===1)return V=0,S?V=Math.PI/2:N?V=Math.PI:E&&(V=-Math.PI/2),void this._basicSideRounded({x:_,y:b,size:m,rotation:V})}else this._basicDot({x:_,y:b,size:m,rotation:0})},Z.prototype._drawExtraRounded=function(p){var _=p.x,b=p.y,m=p.size,z=p.getNeighbor,T=z?+z(-1,0):0,N=z?+z(1,0):0,S=z?+z(0,-1):0,E=z?+z(0,1):0,C=T+N+S+E;if(C!==0)if(C>2||T&&N||S&&E)this._basicSquare({x:_,y:b,size:m,rotation:0});else{if(C===2){var V=0;return T&&S?V=Math.PI/2:S&&N?V=Math.PI:N&&E&&(V=-Math.PI/2),void this._basicCornerExtraRounded({x:_,y:b,size:m,rotation:V})}if(C===1)return V=0,S?V=Math.PI/2:N?V=Math.PI:E&&(V=-Math.PI/2),void this._basicSideRounded({x:_,y:b,size:m,rotation:V})}else this._basicDot({x:_,y:b,size:m,rotation:0})},Z.prototype._drawClassy=function(p){var _=p.x,b=p.y,m=p.size,z=p.getNeighbor,T=z?+z(-1,0):0,N=z?+z(1,0):0,S=z?+z(0,-1):0,E=z?+z(0,1):0;T+N+S+E!==0?T||S?N||E?this._basicSquare({x:_,y:b,size:m,rotation:0}):this._basicCornerRounded({x:_,y:b,size:m,rotation:Math.PI/2}):this._basicCornerRounded({x:_,y:b,size:m,rotation:-Math.PI/2}):this._basicCornersRounded({x:_,y:b,size:m,rotation:Math.PI/2})},Z.prototype._drawClassyRounded=function(p){var _=p.x,b=p.y,m=p.size,z=p.getNeighbor,T=z?+z(-1,0):0,N=z?+z(1,0):0,S=z?+z(0,-1):0,E=z?+z(0,1):0;T+N+S+E!==0?T||S?N||E?this._basicSquare({x:_,y:b,size:m,rotation:0}):this._basicCornerExtraRounded({x:_,y:b,size:m,rotation:Math.PI/2}):this._basicCornerExtraRounded({x:_,y:b,size:m,rotation:-Math.PI/2}):this._basicCornersRounded({x:_,y:b,size:m,rotation:Math.PI/2})},Z})();var Jt=function(){return(Jt=Object.assign||function(Z){for(var p,_=1,b=arguments.length;_<b;_++)for(var m in p=arguments[_])Object.prototype.hasOwnProperty.call(p,m)&&(Z[m]=p[m]);return Z}).apply(this,arguments)};let ae=(function(){function Z(p){var _=p.svg,b=p.type;this._svg=_,this._type=b}return Z.prototype.draw=function(p,_,b,m){var z;switch(this._type){case"square":z=this._drawSquare;break;case"extra-rounded":z=this._drawExtraRounded;break;default:z=this._drawDot}z.call(this,{x:p,y:_,size:b,rotation:m})},Z.prototype._rotateFigure=function(p){var _,b=p.x,m=p.y,z=p.size,T=p.rotation,N=T===void 0?0:T,S=b+z/2,E=m+z/2;(0,p.draw)(),(_=this._element)===null||_===void 0||_.setAttribute("transform","rotate("+180*N/Math.PI+","+S+","+E+")")},Z.prototype._basicDot=function(p){var _=this,b=p.size,m=p.x,z=p.y,T=b/7;this._rotateFigure(Jt(Jt({},p),{draw:function(){_._element=document.createElementNS("http://www.w3.org/2000/svg","path"),_._element.setAttribute("clip-rule","evenodd"),_._element.setAttribute("d","M "+(m+b/2)+" "+z+"a "+b/2+" "+b/2+" 0 1 0 0.1 0zm 0 "+T+"a "+(b/2-T)+" "+(b/2-T)+" 0 1 1 -0.1 0Z")}}))},Z.prototype._basicSquare=function(p){var _=this,b=p.size,m=p.x,z=p.y,T=b/7;this._rotateFigure(Jt(Jt({},p),{draw:function(){_._element=document.createElementNS("http://www.w3.org/2000/svg","path"),_._element.setAttribute("clip-rule","evenodd"),_._element.setAttribute("d","M "+m+" "+z+"v "+b+"h "+b+"v "+-b+"zM "+(m+T)+" "+(z+T)+"h "+(b-2*T)+"v "+(b-2*T)+"h "+(2*T-b)+"z")}}))},Z.prototype._basicExtraRounded=function(p){var _=this,b=p.size,m=p.x,z=p.y,T=b/7;this._rotateFigure(Jt(Jt({},p),{draw:function(){_._element=document.createElementNS("http://www.w3.org/2000/svg","path"),_._element.setAttribute("clip-rule","evenodd"),_._element.setAttribute("d","M "+m+" "+(z+2.5*T)+"v "+2*T+"a "+2.5*T+" "+2.5*T+", 0, 0, 0, "+2.5*T+" "+2.5*T+"h "+2*T+"a "+2.5*T+" "+2.5*T+", 0, 0, 0, "+2.5*T+" "+2.5*-T+"v "+-2*T+"a "+2.5*T+" "+2.5*T+", 0, 0, 0, "+2.5*-T+" "+2.5*-T+"h "+-2*T+"a "+2.5*T+" "+2.5*T+", 0, 0, 0, "+2.5*-T+" "+2.5*T+"M "+(m+2.5*T)+" "+(z+T)+"h "+2*T+"a "+1.5*T+" "+1.5*T+", 0, 0, 1, "+1.5*T+" "+1.5*T+"v "+2*T+"a "+1.5*T+" "+1.5*T+", 0, 0, 1, "+1.5*-T+" "+1.5*T+"h "+-2*T+"a "+1.5*T+" "+1.5*T+", 0, 0, 1, "+1.5*-T+" "+1.5*-T+"v "+-2*T+"a "+1.5*T+" "+1.5*T+", 0, 0, 1, "+1.5*T+" "+1.5*-T)}}))},Z.prototype._drawDot=function(p){var _=p.x,b=p.y,m=p.size,z=p.rotation;this._basicDot({x:_,y:b,size:m,rotation:z})},Z.prototype._drawSquare=function(p){var _=p.x,b=p.y,m=p.size,z=p.rotation;this._basicSquare({x:_,y:b,size:m,rotation:z})},Z.prototype._drawExtraRounded=function(p){var _=p.x,b=p.y,m=p.size,z=p.rotation;this._basicExtraRounded({x:_,y:b,size:m,rotation:z})},Z})();var me=function(){return(me=Object.assign||function(Z){for(var p,_=1,b=arguments.length;_<b;_++)for(var m in p=arguments[_])Object.prototype.hasOwnProperty.call(p,m)&&(Z[m]=p[m]);return Z}).apply(this,arguments)};let le=(function(){function Z(p){var _=p.svg,b=p.type;this._svg=_,this._type=b}return Z.prototype.draw=function(p,_,b,m){var z;this._type==="square"?z=this._drawSquare:z=this._drawDot,z.call(this,{x:p,y:_,size:b,rotation:m})},Z.prototype._rotateFigure=function(p){var _,b=p.x,m=p.y,z=p.size,T=p.rotation,N=T===void 0?0:T,S=b+z/2,E=m+z/2;(0,p.draw)(),(_=this._element)===null||_===void 0||_.setAttribute("transform","rotate("+180*N/Math.PI+","+S+","+E+")")},Z.prototype._basicDot=function(p){var _=this,b=p.size,m=p.x,z=p.y;this._rotateFigure(me(me({},p),{draw:function(){_._element=document.createElementNS("http://www.w3.org/2000/svg","circle"),_._element.setAttribute("cx",String(m+b/2)),_._element.setAttribute("cy",String(z+b/2)),_._element.setAttribute("r",String(b/2))}}))},Z.prototype._basicSquare=function(p){var _=this,b=p.size,m=p.x,z=p.y;this._rotateFigure(me(me({},p),{draw:function(){_._element=document.createElementNS("http://www.w3.org/2000/svg","rect"),_._element.setAttribute("x",String(m)),_._element.setAttribute("y",String(z)),_._element.setAttribute("width",String(b)),_._element.setAttribute("height",String(b))}}))},Z.prototype._drawDot=function(p){var _=p.x,b=p.y,m=p.size,z=p.rotation;this._basicDot({x:_,y:b,size:m,rotation:z})},Z.prototype._drawSquare=function(p){var _=p.x,b=p.y,m=p.size,z=p.rotation;this._basicSquare({x:_,y:b,size:m,rotation:z})},Z})(),Bt="circle";var ve=function(Z,p,_,b){return new(_||(_=Promise))((function(m,z){function T(E){try{S(b.next(E))}catch(C){z(C)}}function N(E){try{S(b.throw(E))}catch(C){z(C)}}function S(E){var C;E.done?m(E.value):(C=E.value,C instanceof _?C:new _((function(V){V(C)}))).then(T,N)}S((b=b.apply(Z,p||[])).next())}))},Be=function(Z,p){var _,b,m,z,T={label:0,sent:function(){if(1&m[0])throw m[1];return m[1]},trys:[],ops:[]};return z={next:N(0),throw:N(1),return:N(2)},typeof Symbol=="function"&&(z[Symbol.iterator]=function(){return this}),z;function N(S){return function(E){return(function(C){if(_)throw new TypeError("Generator is already executing.");for(;T;)try{if(_=1,b&&(m=2&C[0]?b.return:C[0]?b.throw||((m=b.return)&&m.call(b),0):b.next)&&!(m=m.call(b,C[1])).done)return m;switch(b=0,m&&(C=[2&C[0],m.value]),C[0]){case 0:case 1:m=C;break;case 4:return T.label++,{value:C[1],done:!1};case 5:T.label++,b=C[1],C=[0];continue;case 7:C=T.ops.pop(),T.trys.pop();continue;default:if(!((m=(m=T.trys).length>0&&m[m.length-1])||C[0]!==6&&C[0]!==2)){T=0;continue}if(C[0]===3&&(!m||C[1]>m[0]&&C[1]<m[3])){T.label=C[1];break}if(C[0]===6&&T.label<m[1]){T.label=m[1],m=C;break}if(m&&T.label<m[2]){T.label=m[2],T.ops.push(C);break}m[2]&&T.ops.pop(),T.trys.pop();continue}C=p.call(Z,T)}catch(V){C=[6,V],b=0}finally{_=m=0}if(5&C[0])throw C[1];return{value:C[0]?C[1]:void 0,done:!0}})([S,E])}}},ke=[[1,1,1,1,1,1,1],[1,0,0,0,0,0,1],[1,0,0,0,0,0,1],[1,0,0,0,0,0,1],[1,0,0,0,0,0,1],[1,0,0,0,0,0,1],[1,1,1,1,1,1,1]],ge=[[0,0,0,0,0,0,0],[0,0,0,0,0,0,0],[0,0,1,1,1,0,0],[0,0,1,1,1,0,0],[0,0,1,1,1,0,0],[0,0,0,0,0,0,0],[0,0,0,0,0,0,0]];let Ze=(function(){function Z(p){this._element=document.createElementNS("http://www.w3.org/2000/svg","svg"),this._element.setAttribute("width",String(p.width)),this._element.setAttribute("height",String(p.height)),this._defs=document.createElementNS("http://www.w3.org/2000/svg","defs"),this._element.appendChild(this._defs),this._options=p}return Object.defineProperty(Z.prototype,"width",{get:function(){return this._options.width},enumerable:!1,configurable:!0}),Object.defineProperty(Z.prototype,"height",{get:function(){return this._options.height},enumerable:!1,configurable:!0}),Z.prototype.getElement=function(){return this._element},Z.prototype.drawQR=function(p){return ve(this,void 0,void 0,(function(){var _,b,m,z,T,N,S,E,C,V,O=this;return Be(this,(function(ot){switch(ot.label){case 0:return _=p.getModuleCount(),b=Math.min(this._options.width,this._options.height)-2*this._options.margin,m=this._options.shape===Bt?b/Math.sqrt(2):b,z=Math.floor(m/_),T={hideXDots:0,hideYDots:0,width:0,height:0},this._qr=p,this._options.image?[4,this.loadImage()]:[3,2];case 1:if(ot.sent(),!this._image)return[2];N=this._options,S=N.imageOptions,E=N.qrOptions,C=S.imageSize*zt[E.errorCorrectionLevel],V=Math.floor(C*_*_),T=(function(ht){var K=ht.originalHeight,dt=ht.originalWidth,mt=ht.maxHiddenDots,bt=ht.maxHiddenAxisDots,Lt=ht.dotSize,$={x:0,y:0},xt={x:0,y:0};if(K<=0||dt<=0||mt<=0||Lt<=0)return{height:0,width:0,hideYDots:0,hideXDots:0};var gt=K/dt;return $.x=Math.floor(Math.sqrt(mt/gt)),$.x<=0&&($.x=1),bt&&bt<$.x&&($.x=bt),$.x%2==0&&$.x--,xt.x=$.x*Lt,$.y=1+2*Math.ceil(($.x*gt-1)/2),xt.y=Math.round(xt.x*gt),($.y*$.x>mt||bt&&bt<$.y)&&(bt&&bt<$.y?($.y=bt,$.y%2==0&&$.x--):$.y-=2,xt.y=$.y*Lt,$.x=1+2*Math.ceil(($.y/gt-1)/2),xt.x=Math.round(xt.y/gt)),{height:xt.y,width:xt.x,hideYDots:$.y,hideXDots:$.x}})({originalWidth:this._image.width,originalHeight:this._image.height,maxHiddenDots:V,maxHiddenAxisDots:_-14,dotSize:z}),ot.label=2;case 2:return this.drawBackground(),this.drawDots((function(ht,K){var dt,mt,bt,Lt,$,xt;return!(O._options.imageOptions.hideBackgroundDots&&ht>=(_-T.hideXDots)/2&&ht<(_+T.hideXDots)/2&&K>=(_-T.hideYDots)/2&&K<(_+T.hideYDots)/2||!((dt=ke[ht])===null||dt===void 0)&&dt[K]||!((mt=ke[ht-_+7])===null||mt===void 0)&&mt[K]||!((bt=ke[ht])===null||bt===void 0)&&bt[K-_+7]||!((Lt=ge[ht])===null||Lt===void 0)&&Lt[K]||!(($=ge[ht-_+7])===null||$===void 0)&&$[K]||!((xt=ge[ht])===null||xt===void 0)&&xt[K-_+7])})),this.drawCorners(),this._options.image?[4,this.drawImage({width:T.width,height:T.height,count:_,dotSize:z})]:[3,4];case 3:ot.sent(),ot.label=4;case 4:return[2]}}))}))},Z.prototype.drawBackground=function(){var p,_,b,m=this._element,z=this._options;if(m){var T=(p=z.backgroundOptions)===null||p===void 0?void 0:p.gradient,N=(_=z.backgroundOptions)===null||_===void 0?void 0:_.color;if((T||N)&&this._createColor({options:T,color:N,additionalRotation:0,x:0,y:0,height:z.height,width:z.width,name:"background-color"}),(b=z.backgroundOptions)===null||b===void 0?void 0:b.round){var S=Math.min(z.width,z.height),E=document.createElementNS("http://www.w3.org/2000/svg","rect");this._backgroundClipPath=document.createElementNS("http://www.w3.org/2000/svg","clipPath"),this._backgroundClipPath.setAttribute("id","clip-path-background-color"),this._defs.appendChild(this._backgroundClipPath),E.setAttribute("x",String((z.width-S)/2)),E.setAttribute("y",String((z.height-S)/2)),E.setAttribute("width",String(S)),E.setAttribute("height",String(S)),E.setAttribute("rx",String(S/2*z.backgroundOptions.round)),this._backgroundClipPath.appendChild(E)}}},Z.prototype.drawDots=function(p){var _,b,m=this;if(!this._qr)throw"QR code is not defined";var z=this._options,T=this._qr.getModuleCount();if(T>z.width||T>z.height)throw"The canvas is too small.";var N=Math.min(z.width,z.height)-2*z.margin,S=z.shape===Bt?N/Math.sqrt(2):N,E=Math.floor(S/T),C=Math.floor((z.width-T*E)/2),V=Math.floor((z.height-T*E)/2),O=new Ce({svg:this._element,type:z.dotsOptions.type});this._dotsClipPath=document.createElementNS("http://www.w3.org/2000/svg","clipPath"),this._dotsClipPath.setAttribute("id","clip-path-dot-color"),this._defs.appendChild(this._dotsClipPath),this._createColor({options:(_=z.dotsOptions)===null||_===void 0?void 0:_.gradient,color:z.dotsOptions.color,additionalRotation:0,x:0,y:0,height:z.height,width:z.width,name:"dot-color"});for(var ot=function(Ft){for(var yt=function(Et){return p&&!p(Ft,Et)?"continue":!((b=ht._qr)===null||b===void 0)&&b.isDark(Ft,Et)?(O.draw(C+Ft*E,V+Et*E,E,(function(Tt,Nt){return!(Ft+Tt<0||Et+Nt<0||Ft+Tt>=T||Et+Nt>=T)&&!(p&&!p(Ft+Tt,Et+Nt))&&!!m._qr&&m._qr.isDark(Ft+Tt,Et+Nt)})),void(O._element&&ht._dotsClipPath&&ht._dotsClipPath.appendChild(O._element))):"continue"},Vt=0;Vt<T;Vt++)yt(Vt)},ht=this,K=0;K<T;K++)ot(K);if(z.shape===Bt){var dt=Math.floor((N/E-T)/2),mt=T+2*dt,bt=C-dt*E,Lt=V-dt*E,$=[],xt=Math.floor(mt/2);for(K=0;K<mt;K++){$[K]=[];for(var gt=0;gt<mt;gt++)K>=dt-1&&K<=mt-dt&&gt>=dt-1&&gt<=mt-dt||Math.sqrt((K-xt)*(K-xt)+(gt-xt)*(gt-xt))>xt?$[K][gt]=0:$[K][gt]=this._qr.isDark(gt-2*dt<0?gt:gt>=T?gt-2*dt:gt-dt,K-2*dt<0?K:K>=T?K-2*dt:K-dt)?1:0}var Ct=function(Ft){for(var yt=function(Et){if(!$[Ft][Et])return"continue";O.draw(bt+Ft*E,Lt+Et*E,E,(function(Tt,Nt){var Ht;return!!(!((Ht=$[Ft+Tt])===null||Ht===void 0)&&Ht[Et+Nt])})),O._element&&Gt._dotsClipPath&&Gt._dotsClipPath.appendChild(O._element)},Vt=0;Vt<mt;Vt++)yt(Vt)},Gt=this;for(K=0;K<mt;K++)Ct(K)}},Z.prototype.drawCorners=function(){var p=this;if(!this._qr)throw"QR code is not defined";var _=this._element,b=this._options;if(!_)throw"Element code is not defined";var m=this._qr.getModuleCount(),z=Math.min(b.width,b.height)-2*b.margin,T=b.shape===Bt?z/Math.sqrt(2):z,N=Math.floor(T/m),S=7*N,E=3*N,C=Math.floor((b.width-m*N)/2),V=Math.floor((b.height-m*N)/2);[[0,0,0],[1,0,Math.PI/2],[0,1,-Math.PI/2]].forEach((function(O){var ot,ht,K,dt,mt,bt,Lt,$,xt,gt,Ct,Gt,Ft=O[0],yt=O[1],Vt=O[2],Et=C+Ft*N*(m-7),Tt=V+yt*N*(m-7),Nt=p._dotsClipPath,Ht=p._dotsClipPath;if((!((ot=b.cornersSquareOptions)===null||ot===void 0)&&ot.gradient||!((ht=b.cornersSquareOptions)===null||ht===void 0)&&ht.color)&&((Nt=document.createElementNS("http://www.w3.org/2000/svg","clipPath")).setAttribute("id","clip-path-corners-square-color-"+Ft+"-"+yt),p._defs.appendChild(Nt),p._cornersSquareClipPath=p._cornersDotClipPath=Ht=Nt,p._createColor({options:(K=b.cornersSquareOptions)===null||K===void 0?void 0:K.gradient,color:(dt=b.cornersSquareOptions)===null||dt===void 0?void 0:dt.color,additionalRotation:Vt,x:Et,y:Tt,height:S,width:S,name:"corners-square-color-"+Ft+"-"+yt})),(mt=b.cornersSquareOptions)===null||mt===void 0?void 0:mt.type){var Ut=new ae({svg:p._element,type:b.cornersSquareOptions.type});Ut.draw(Et,Tt,S,Vt),Ut._element&&Nt&&Nt.appendChild(Ut._element)}else for(var Ae=new Ce({svg:p._element,type:b.dotsOptions.type}),An=function(ie){for(var an=function(Zt){if(!(!((bt=ke[ie])===null||bt===void 0)&&bt[Zt]))return"continue";Ae.draw(Et+ie*N,Tt+Zt*N,N,(function(sn,Re){var Me;return!!(!((Me=ke[ie+sn])===null||Me===void 0)&&Me[Zt+Re])})),Ae._element&&Nt&&Nt.appendChild(Ae._element)},we=0;we<ke[ie].length;we++)an(we)},Ee=0;Ee<ke.length;Ee++)An(Ee);if((!((Lt=b.cornersDotOptions)===null||Lt===void 0)&&Lt.gradient||!(($=b.cornersDotOptions)===null||$===void 0)&&$.color)&&((Ht=document.createElementNS("http://www.w3.org/2000/svg","clipPath")).setAttribute("id","clip-path-corners-dot-color-"+Ft+"-"+yt),p._defs.appendChild(Ht),p._cornersDotClipPath=Ht,p._createColor({options:(xt=b.cornersDotOptions)===null||xt===void 0?void 0:xt.gradient,color:(gt=b.cornersDotOptions)===null||gt===void 0?void 0:gt.color,additionalRotation:Vt,x:Et+2*N,y:Tt+2*N,height:E,width:E,name:"corners-dot-color-"+Ft+"-"+yt})),(Ct=b.cornersDotOptions)===null||Ct===void 0?void 0:Ct.type){var Qe=new le({svg:p._element,type:b.cornersDotOptions.type});Qe.draw(Et+2*N,Tt+2*N,E,Vt),Qe._element&&Ht&&Ht.appendChild(Qe._element)}else{Ae=new Ce({svg:p._element,type:b.dotsOptions.type});var Je=function(ie){for(var an=function(Zt){if(!(!((Gt=ge[ie])===null||Gt===void 0)&&Gt[Zt]))return"continue";Ae.draw(Et+ie*N,Tt+Zt*N,N,(function(sn,Re){var Me;return!!(!((Me=ge[ie+sn])===null||Me===void 0)&&Me[Zt+Re])})),Ae._element&&Ht&&Ht.appendChild(Ae._element)},we=0;we<ge[ie].length;we++)an(we)};for(Ee=0;Ee<ge.length;Ee++)Je(Ee)}}))},Z.prototype.loadImage=function(){var p=this;return new Promise((function(_,b){var m=p._options,z=new Image;if(!m.image)return b("Image is not defined");typeof m.imageOptions.crossOrigin=="string"&&(z.crossOrigin=m.imageOptions.crossOrigin),p._image=z,z.onload=function(){_()},z.src=m.image}))},Z.prototype.drawImage=function(p){var _=p.width,b=p.height,m=p.count,z=p.dotSize;return ve(this,void 0,void 0,(function(){var T,N,S,E,C,V,O,ot,ht;return Be(this,(function(K){switch(K.label){case 0:return T=this._options,N=Math.floor((T.width-m*z)/2),S=Math.floor((T.height-m*z)/2),E=N+T.imageOptions.margin+(m*z-_)/2,C=S+T.imageOptions.margin+(m*z-b)/2,V=_-2*T.imageOptions.margin,O=b-2*T.imageOptions.margin,(ot=document.createElementNS("http://www.w3.org/2000/svg","image")).setAttribute("x",String(E)),ot.setAttribute("y",String(C)),ot.setAttribute("width",V+"px"),ot.setAttribute("height",O+"px"),[4,Dt(T.image||"")];case 1:return ht=K.sent(),ot.setAttribute("href",ht||""),this._element.appendChild(ot),[2]}}))}))},Z.prototype._createColor=function(p){var _=p.options,b=p.color,m=p.additionalRotation,z=p.x,T=p.y,N=p.height,S=p.width,E=p.name,C=S>N?S:N,V=document.createElementNS("http://www.w3.org/2000/svg","rect");if(V.setAttribute("x",String(z)),V.setAttribute("y",String(T)),V.setAttribute("height",String(N)),V.setAttribute("width",String(S)),V.setAttribute("clip-path","url('#clip-path-"+E+"')"),_){var O;if(_.type==="radial")(O=document.createElementNS("http://www.w3.org/2000/svg","radialGradient")).setAttribute("id",E),O.setAttribute("gradientUnits","userSpaceOnUse"),O.setAttribute("fx",String(z+S/2)),O.setAttribute("fy",String(T+N/2)),O.setAttribute("cx",String(z+S/2)),O.setAttribute("cy",String(T+N/2)),O.setAttribute("r",String(C/2));else{var ot=((_.rotation||0)+m)%(2*Math.PI),ht=(ot+2*Math.PI)%(2*Math.PI),K=z+S/2,dt=T+N/2,mt=z+S/2,bt=T+N/2;ht>=0&&ht<=.25*Math.PI||ht>1.75*Math.PI&&ht<=2*Math.PI?(K-=S/2,dt-=N/2*Math.tan(ot),mt+=S/2,bt+=N/2*Math.tan(ot)):ht>.25*Math.PI&&ht<=.75*Math.PI?(dt-=N/2,K-=S/2/Math.tan(ot),bt+=N/2,mt+=S/2/Math.tan(ot)):ht>.75*Math.PI&&ht<=1.25*Math.PI?(K+=S/2,dt+=N/2*Math.tan(ot),mt-=S/2,bt-=N/2*Math.tan(ot)):ht>1.25*Math.PI&&ht<=1.75*Math.PI&&(dt+=N/2,K+=S/2/Math.tan(ot),bt-=N/2,mt-=S/2/Math.tan(ot)),(O=document.createElementNS("http://www.w3.org/2000/svg","linearGradient")).setAttribute("id",E),O.setAttribute("gradientUnits","userSpaceOnUse"),O.setAttribute("x1",String(Math.round(K))),O.setAttribute("y1",String(Math.round(dt))),O.setAttribute("x2",String(Math.round(mt))),O.setAttribute("y2",String(Math.round(bt)))}_.colorStops.forEach((function(Lt){var $=Lt.offset,xt=Lt.color,gt=document.createElementNS("http://www.w3.org/2000/svg","stop");gt.setAttribute("offset",100*$+"%"),gt.setAttribute("stop-color",xt),O.appendChild(gt)})),V.setAttribute("fill","url('#"+E+"')"),this._defs.appendChild(O)}else b&&V.setAttribute("fill",b);this._element.appendChild(V)},Z})(),Ve="canvas";for(var je={},et=0;et<=40;et++)je[et]=et;let tt={type:Ve,shape:"square",width:300,height:300,data:"",margin:0,qrOptions:{typeNumber:je[0],mode:void 0,errorCorrectionLevel:"Q"},imageOptions:{hideBackgroundDots:!0,imageSize:.4,crossOrigin:void 0,margin:0},dotsOptions:{type:"square",color:"#000"},backgroundOptions:{round:0,color:"#fff"}};var Q=function(){return(Q=Object.assign||function(Z){for(var p,_=1,b=arguments.length;_<b;_++)for(var m in p=arguments[_])Object.prototype.hasOwnProperty.call(p,m)&&(Z[m]=p[m]);return Z}).apply(this,arguments)};function U(Z){var p=Q({},Z);if(!p.colorStops||!p.colorStops.length)throw"Field 'colorStops' is required in gradient";return p.rotation?p.rotation=Number(p.rotation):p.rotation=0,p.colorStops=p.colorStops.map((function(_){return Q(Q({},_),{offset:Number(_.offset)})})),p}function D(Z){var p=Q({},Z);return p.width=Number(p.width),p.height=Number(p.height),p.margin=Number(p.margin),p.imageOptions=Q(Q({},p.imageOptions),{hideBackgroundDots:!!p.imageOptions.hideBackgroundDots,imageSize:Number(p.imageOptions.imageSize),margin:Number(p.imageOptions.margin)}),p.margin>Math.min(p.width,p.height)&&(p.margin=Math.min(p.width,p.height)),p.dotsOptions=Q({},p.dotsOptions),p.dotsOptions.gradient&&(p.dotsOptions.gradient=U(p.dotsOptions.gradient)),p.cornersSquareOptions&&(p.cornersSquareOptions=Q({},p.cornersSquareOptions),p.cornersSquareOptions.gradient&&(p.cornersSquareOptions.gradient=U(p.cornersSquareOptions.gradient))),p.cornersDotOptions&&(p.cornersDotOptions=Q({},p.cornersDotOptions),p.cornersDotOptions.gradient&&(p.cornersDotOptions.gradient=U(p.cornersDotOptions.gradient))),p.backgroundOptions&&(p.backgroundOptions=Q({},p.backgroundOptions),p.backgroundOptions.gradient&&(p.backgroundOptions.gradient=U(p.backgroundOptions.gradient))),p}var it=Mt(192),pt=Mt.n(it),lt=function(Z,p,_,b){return new(_||(_=Promise))((function(m,z){function T(E){try{S(b.next(E))}catch(C){z(C)}}function N(E){try{S(b.throw(E))}catch(C){z(C)}}function S(E){var C;E.done?m(E.value):(C=E.value,C instanceof _?C:new _((function(V){V(C)}))).then(T,N)}S((b=b.apply(Z,p||[])).next())}))},ft=function(Z,p){var _,b,m,z,T={label:0,sent:function(){if(1&m[0])throw m[1];return m[1]},trys:[],ops:[]};return z={next:N(0),throw:N(1),return:N(2)},typeof Symbol=="function"&&(z[Symbol.iterator]=function(){return this}),z;function N(S){return function(E){return(function(C){if(_)throw new TypeError("Generator is already executing.");for(;T;)try{if(_=1,b&&(m=2&C[0]?b.return:C[0]?b.throw||((m=b.return)&&m.call(b),0):b.next)&&!(m=m.call(b,C[1])).done)return m;switch(b=0,m&&(C=[2&C[0],m.value]),C[0]){case 0:case 1:m=C;break;case 4:return T.label++,{value:C[1],done:!1};case 5:T.label++,b=C[1],C=[0];continue;case 7:C=T.ops.pop(),T.trys.pop();continue;default:if(!((m=(m=T.trys).length>0&&m[m.length-1])||C[0]!==6&&C[0]!==2)){T=0;continue}if(C[0]===3&&(!m||C[1]>m[0]&&C[1]<m[3])){T.label=C[1];break}if(C[0]===6&&T.label<m[1]){T.label=m[1],m=C;break}if(m&&T.label<m[2]){T.label=m[2],T.ops.push(C);break}m[2]&&T.ops.pop(),T.trys.pop();continue}C=p.call(Z,T)}catch(V){C=[6,V],b=0}finally{_=m=0}if(5&C[0])throw C[1];return{value:C[0]?C[1]:void 0,done:!0}})([S,E])}}};let Wt=(function(){function Z(p){this._options=p?D(ne(tt,p)):tt,this.update()}return Z._clearContainer=function(p){p&&(p.innerHTML="")},Z.prototype._setupSvg=function(){var p=this;if(this._qr){var _=new Ze(this._options);this._svg=_.getElement(),this._svgDrawingPromise=_.drawQR(this._qr).then((function(){var b;p._svg&&((b=p._extension)===null||b===void 0||b.call(p,_.getElement(),p._options))}))}},Z.prototype._setupCanvas=function(){var p,_=this;this._qr&&(this._canvas=document.createElement("canvas"),this._canvas.width=this._options.width,this._canvas.height=this._options.height,this._setupSvg(),this._canvasDrawingPromise=(p=this._svgDrawingPromise)===null||p===void 0?void 0:p.then((function(){if(_._svg){var b=_._svg,m=new XMLSerializer().serializeToString(b),z="data:image/svg+xml;base64,"+btoa(m),T=new Image;return new Promise((function(N){T.onload=function(){var S,E;(E=(S=_._canvas)===null||S===void 0?void 0:S.getContext("2d"))===null||E===void 0||E.drawImage(T,0,0),N()},T.src=z}))}})))},Z.prototype._getElement=function(p){return p===void 0&&(p="png"),lt(this,void 0,void 0,(function(){return ft(this,(function(_){switch(_.label){case 0:if(!this._qr)throw"QR code is empty";return p.toLowerCase()!=="svg"?[3,2]:(this._svg&&this._svgDrawingPromise||this._setupSvg(),[4,this._svgDrawingPromise]);case 1:return _.sent(),[2,this._svg];case 2:return this._canvas&&this._canvasDrawingPromise||this._setupCanvas(),[4,this._canvasDrawingPromise];case 3:return _.sent(),[2,this._canvas]}}))}))},Z.prototype.update=function(p){Z._clearContainer(this._container),this._options=p?D(ne(this._options,p)):this._options,this._options.data&&(this._qr=pt()(this._options.qrOptions.typeNumber,this._options.qrOptions.errorCorrectionLevel),this._qr.addData(this._options.data,this._options.qrOptions.mode||(function(_){switch(!0){case/^[0-9]*$/.test(_):return"Numeric";case/^[0-9A-Z $%*+\-./:]*$/.test(_):return"Alphanumeric";default:return"Byte"}})(this._options.data)),this._qr.make(),this._options.type===Ve?this._setupCanvas():this._setupSvg(),this.append(this._container))},Z.prototype.append=function(p){if(p){if(typeof p.appendChild!="function")throw"Container should be a single DOM node";this._options.type===Ve?this._canvas&&p.appendChild(this._canvas):this._svg&&p.appendChild(this._svg),this._container=p}},Z.prototype.applyExtension=function(p){if(!p)throw"Extension function should be defined.";this._extension=p,this.update()},Z.prototype.deleteExtension=function(){this._extension=void 0,this.update()},Z.prototype.getRawData=function(p){return p===void 0&&(p="png"),lt(this,void 0,void 0,(function(){var _,b,m;return ft(this,(function(z){switch(z.label){case 0:if(!this._qr)throw"QR code is empty";return[4,this._getElement(p)];case 1:return(_=z.sent())?p.toLowerCase()==="svg"?(b=new XMLSerializer,m=b.serializeToString(_),[2,new Blob([`<?xml version="1.0" standalone="no"?>\r
`+m],{type:"image/svg+xml"})]):[2,new Promise((function(T){return _.toBlob(T,"image/"+p,1)}))]:[2,null]}}))}))},Z.prototype.download=function(p){return lt(this,void 0,void 0,(function(){var _,b,m,z,T;return ft(this,(function(N){switch(N.label){case 0:if(!this._qr)throw"QR code is empty";return _="png",b="qr",typeof p=="string"?(_=p,console.warn("Extension is deprecated as argument for 'download' method, please pass object { name: '...', extension: '...' } as argument")):typeof p=="object"&&p!==null&&(p.name&&(b=p.name),p.extension&&(_=p.extension)),[4,this._getElement(_)];case 1:return(m=N.sent())?(_.toLowerCase()==="svg"?(z=new XMLSerializer,T=`<?xml version="1.0" standalone="no"?>\r
`+(T=z.serializeToString(m)),qt("data:image/svg+xml;charset=utf-8,"+encodeURIComponent(T),b+".svg")):qt(m.toDataURL("image/"+_),b+"."+_),[2]):[2]}}))}))},Z})()}},Y={};function st(ct){if(Y[ct])return Y[ct].exports;var wt=Y[ct]={exports:{}};return kt[ct](wt,wt.exports,st),wt.exports}return st.n=ct=>{var wt=ct&&ct.__esModule?()=>ct.default:()=>ct;return st.d(wt,{a:wt}),wt},st.d=(ct,wt)=>{for(var Mt in wt)st.o(wt,Mt)&&!st.o(ct,Mt)&&Object.defineProperty(ct,Mt,{enumerable:!0,get:wt[Mt]})},st.o=(ct,wt)=>Object.prototype.hasOwnProperty.call(ct,wt),st(676)})().default}))});var mi=li((mr,bn)=>{typeof navigator<"u"&&(function(kt,Y){typeof define=="function"&&define.amd?define(function(){return Y(kt)}):typeof bn=="object"&&bn.exports?bn.exports=Y(kt):(kt.lottie=Y(kt),kt.bodymovin=kt.lottie)})(window||{},function(kt){"use strict";var Y="http://www.w3.org/2000/svg",st="",ct=-999999,wt=!1,Mt=!0,It="",Qt,Ot=/^((?!chrome|android).)*safari/i.test(navigator.userAgent),ne={},qt,Dt=Math.pow,zt=Math.sqrt,Pt=Math.floor,Ce=Math.max,Jt=Math.min,ae={};(function(){var t=["abs","acos","acosh","asin","asinh","atan","atanh","atan2","ceil","cbrt","expm1","clz32","cos","cosh","exp","floor","fround","hypot","imul","log","log1p","log2","log10","max","min","pow","random","round","sign","sin","sinh","sqrt","tan","tanh","trunc","E","LN10","LN2","LOG10E","LOG2E","PI","SQRT1_2","SQRT2"],e,n=t.length;for(e=0;e<n;e+=1)ae[t[e]]=Math[t[e]]})();function me(){return{}}ae.random=Math.random,ae.abs=function(t){var e=typeof t;if(e==="object"&&t.length){var n=b(t.length),i,a=t.length;for(i=0;i<a;i+=1)n[i]=Math.abs(t[i]);return n}return Math.abs(t)};var le=150,Bt=Math.PI/180,ve=.5519;function Be(t){t?qt=Math.round:qt=function(e){return e}}Be(!1);function ke(t){t.style.position="absolute",t.style.top=0,t.style.left=0,t.style.display="block",t.style.transformOrigin="0 0",t.style.webkitTransformOrigin="0 0",t.style.backfaceVisibility="visible",t.style.webkitBackfaceVisibility="visible",t.style.transformStyle="preserve-3d",t.style.webkitTransformStyle="preserve-3d",t.style.mozTransformStyle="preserve-3d"}function ge(t,e,n,i){this.type=t,this.currentTime=e,this.totalTime=n,this.direction=i<0?-1:1}function Ze(t,e){this.type=t,this.direction=e<0?-1:1}function Ve(t,e,n,i){this.type=t,this.currentLoop=n,this.totalLoops=e,this.direction=i<0?-1:1}function je(t,e,n){this.type=t,this.firstFrame=e,this.totalFrames=n}function et(t,e){this.type=t,this.target=e}function tt(t,e){this.type="renderFrameError",this.nativeError=t,this.currentTime=e}function Q(t){this.type="configError",this.nativeError=t}function U(t,e){this.type=t,this.nativeError=e}var D=(function(){var t=0;return function(){return t+=1,It+"__lottie_element_"+t}})();function it(t,e,n){var i,a,r,f,M,v,B,F;switch(f=Math.floor(t*6),M=t*6-f,v=n*(1-e),B=n*(1-M*e),F=n*(1-(1-M)*e),f%6){case 0:i=n,a=F,r=v;break;case 1:i=B,a=n,r=v;break;case 2:i=v,a=n,r=F;break;case 3:i=v,a=B,r=n;break;case 4:i=F,a=v,r=n;break;case 5:i=n,a=v,r=B;break;default:break}return[i,a,r]}function pt(t,e,n){var i=Math.max(t,e,n),a=Math.min(t,e,n),r=i-a,f,M=i===0?0:r/i,v=i/255;switch(i){case a:f=0;break;case t:f=e-n+r*(e<n?6:0),f/=6*r;break;case e:f=n-t+r*2,f/=6*r;break;case n:f=t-e+r*4,f/=6*r;break;default:break}return[f,M,v]}function lt(t,e){var n=pt(t[0]*255,t[1]*255,t[2]*255);return n[1]+=e,n[1]>1?n[1]=1:n[1]<=0&&(n[1]=0),it(n[0],n[1],n[2])}function ft(t,e){var n=pt(t[0]*255,t[1]*255,t[2]*255);return n[2]+=e,n[2]>1?n[2]=1:n[2]<0&&(n[2]=0),it(n[0],n[1],n[2])}function Wt(t,e){var n=pt(t[0]*255,t[1]*255,t[2]*255);return n[0]+=e/360,n[0]>1?n[0]-=1:n[0]<0&&(n[0]+=1),it(n[0],n[1],n[2])}var Z=(function(){var t=[],e,n;for(e=0;e<256;e+=1)n=e.toString(16),t[e]=n.length===1?"0"+n:n;return function(i,a,r){return i<0&&(i=0),a<0&&(a=0),r<0&&(r=0),"#"+t[i]+t[a]+t[r]}})();function p(){}p.prototype={triggerEvent:function(t,e){if(this._cbs[t])for(var n=this._cbs[t],i=0;i<n.length;i+=1)n[i](e)},addEventListener:function(t,e){return this._cbs[t]||(this._cbs[t]=[]),this._cbs[t].push(e),function(){this.removeEventListener(t,e)}.bind(this)},removeEventListener:function(t,e){if(!e)this._cbs[t]=null;else if(this._cbs[t]){for(var n=0,i=this._cbs[t].length;n<i;)this._cbs[t][n]===e&&(this._cbs[t].splice(n,1),n-=1,i-=1),n+=1;this._cbs[t].length||(this._cbs[t]=null)}}};var _=(function(){function t(n,i){var a=0,r=[],f;switch(n){case"int16":case"uint8c":f=1;break;default:f=1.1;break}for(a=0;a<i;a+=1)r.push(f);return r}function e(n,i){return n==="float32"?new Float32Array(i):n==="int16"?new Int16Array(i):n==="uint8c"?new Uint8ClampedArray(i):t(n,i)}return typeof Uint8ClampedArray=="function"&&typeof Float32Array=="function"?e:t})();function b(t){return Array.apply(null,{length:t})}function m(t){return document.createElementNS(Y,t)}function z(t){return document.createElement(t)}function T(){}T.prototype={addDynamicProperty:function(t){this.dynamicProperties.indexOf(t)===-1&&(this.dynamicProperties.push(t),this.container.addDynamicProperty(this),this._isAnimated=!0)},iterateDynamicProperties:function(){this._mdf=!1;var t,e=this.dynamicProperties.length;for(t=0;t<e;t+=1)this.dynamicProperties[t].getValue(),this.dynamicProperties[t]._mdf&&(this._mdf=!0)},initDynamicPropertyContainer:function(t){this.container=t,this.dynamicProperties=[],this._mdf=!1,this._isAnimated=!1}};var N=(function(){var t={0:"source-over",1:"multiply",2:"screen",3:"overlay",4:"darken",5:"lighten",6:"color-dodge",7:"color-burn",8:"hard-light",9:"soft-light",10:"difference",11:"exclusion",12:"hue",13:"saturation",14:"color",15:"luminosity"};return function(e){return t[e]||""}})(),S={1:"butt",2:"round",3:"square"},E={1:"miter",2:"round",3:"bevel"};var C=(function(){var t=Math.cos,e=Math.sin,n=Math.tan,i=Math.round;function a(){return this.props[0]=1,this.props[1]=0,this.props[2]=0,this.props[3]=0,this.props[4]=0,this.props[5]=1,this.props[6]=0,this.props[7]=0,this.props[8]=0,this.props[9]=0,this.props[10]=1,this.props[11]=0,this.props[12]=0,this.props[13]=0,this.props[14]=0,this.props[15]=1,this}function r(d){if(d===0)return this;var y=t(d),q=e(d);return this._t(y,-q,0,0,q,y,0,0,0,0,1,0,0,0,0,1)}function f(d){if(d===0)return this;var y=t(d),q=e(d);return this._t(1,0,0,0,0,y,-q,0,0,q,y,0,0,0,0,1)}function M(d){if(d===0)return this;var y=t(d),q=e(d);return this._t(y,0,q,0,0,1,0,0,-q,0,y,0,0,0,0,1)}function v(d){if(d===0)return this;var y=t(d),q=e(d);return this._t(y,-q,0,0,q,y,0,0,0,0,1,0,0,0,0,1)}function B(d,y){return this._t(1,y,d,1,0,0)}function F(d,y){return this.shear(n(d),n(y))}function A(d,y){var q=t(y),X=e(y);return this._t(q,X,0,0,-X,q,0,0,0,0,1,0,0,0,0,1)._t(1,0,0,0,n(d),1,0,0,0,0,1,0,0,0,0,1)._t(q,-X,0,0,X,q,0,0,0,0,1,0,0,0,0,1)}function x(d,y,q){return!q&&q!==0&&(q=1),d===1&&y===1&&q===1?this:this._t(d,0,0,0,0,y,0,0,0,0,q,0,0,0,0,1)}function P(d,y,q,X,W,vt,St,At,Yt,ee,se,ce,fe,re,Kt,oe){return this.props[0]=d,this.props[1]=y,this.props[2]=q,this.props[3]=X,this.props[4]=W,this.props[5]=vt,this.props[6]=St,this.props[7]=At,this.props[8]=Yt,this.props[9]=ee,this.props[10]=se,this.props[11]=ce,this.props[12]=fe,this.props[13]=re,this.props[14]=Kt,this.props[15]=oe,this}function R(d,y,q){return q=q||0,d!==0||y!==0||q!==0?this._t(1,0,0,0,0,1,0,0,0,0,1,0,d,y,q,1):this}function I(d,y,q,X,W,vt,St,At,Yt,ee,se,ce,fe,re,Kt,oe){var ut=this.props;if(d===1&&y===0&&q===0&&X===0&&W===0&&vt===1&&St===0&&At===0&&Yt===0&&ee===0&&se===1&&ce===0)return ut[12]=ut[12]*d+ut[15]*fe,ut[13]=ut[13]*vt+ut[15]*re,ut[14]=ut[14]*se+ut[15]*Kt,ut[15]*=oe,this._identityCalculated=!1,this;var jt=ut[0],Fe=ut[1],De=ut[2],Te=ut[3],Se=ut[4],Ie=ut[5],ze=ut[6],ue=ut[7],qe=ut[8],Ne=ut[9],be=ut[10],He=ut[11],_e=ut[12],Ye=ut[13],mn=ut[14],gn=ut[15];return ut[0]=jt*d+Fe*W+De*Yt+Te*fe,ut[1]=jt*y+Fe*vt+De*ee+Te*re,ut[2]=jt*q+Fe*St+De*se+Te*Kt,ut[3]=jt*X+Fe*At+De*ce+Te*oe,ut[4]=Se*d+Ie*W+ze*Yt+ue*fe,ut[5]=Se*y+Ie*vt+ze*ee+ue*re,ut[6]=Se*q+Ie*St+ze*se+ue*Kt,ut[7]=Se*X+Ie*At+ze*ce+ue*oe,ut[8]=qe*d+Ne*W+be*Yt+He*fe,ut[9]=qe*y+Ne*vt+be*ee+He*re,ut[10]=qe*q+Ne*St+be*se+He*Kt,ut[11]=qe*X+Ne*At+be*ce+He*oe,ut[12]=_e*d+Ye*W+mn*Yt+gn*fe,ut[13]=_e*y+Ye*vt+mn*ee+gn*re,ut[14]=_e*q+Ye*St+mn*se+gn*Kt,ut[15]=_e*X+Ye*At+mn*ce+gn*oe,this._identityCalculated=!1,this}function L(){return this._identityCalculated||(this._identity=!(this.props[0]!==1||this.props[1]!==0||this.props[2]!==0||this.props[3]!==0||this.props[4]!==0||this.props[5]!==1||this.props[6]!==0||this.props[7]!==0||this.props[8]!==0||this.props[9]!==0||this.props[10]!==1||this.props[11]!==0||this.props[12]!==0||this.props[13]!==0||this.props[14]!==0||this.props[15]!==1),this._identityCalculated=!0),this._identity}function c(d){for(var y=0;y<16;){if(d.props[y]!==this.props[y])return!1;y+=1}return!0}function l(d){var y;for(y=0;y<16;y+=1)d.props[y]=this.props[y];return d}function o(d){var y;for(y=0;y<16;y+=1)this.props[y]=d[y]}function s(d,y,q){return{x:d*this.props[0]+y*this.props[4]+q*this.props[8]+this.props[12],y:d*this.props[1]+y*this.props[5]+q*this.props[9]+this.props[13],z:d*this.props[2]+y*this.props[6]+q*this.props[10]+this.props[14]}}function h(d,y,q){return d*this.props[0]+y*this.props[4]+q*this.props[8]+this.props[12]}function g(d,y,q){return d*this.props[1]+y*this.props[5]+q*this.props[9]+this.props[13]}function u(d,y,q){return d*this.props[2]+y*this.props[6]+q*this.props[10]+this.props[14]}function k(){var d=this.props[0]*this.props[5]-this.props[1]*this.props[4],y=this.props[5]/d,q=-this.props[1]/d,X=-this.props[4]/d,W=this.props[0]/d,vt=(this.props[4]*this.props[13]-this.props[5]*this.props[12])/d,St=-(this.props[0]*this.props[13]-this.props[1]*this.props[12])/d,At=new C;return At.props[0]=y,At.props[1]=q,At.props[4]=X,At.props[5]=W,At.props[12]=vt,At.props[13]=St,At}function G(d){var y=this.getInverseMatrix();return y.applyToPointArray(d[0],d[1],d[2]||0)}function rt(d){var y,q=d.length,X=[];for(y=0;y<q;y+=1)X[y]=G(d[y]);return X}function at(d,y,q){var X=_("float32",6);if(this.isIdentity())X[0]=d[0],X[1]=d[1],X[2]=y[0],X[3]=y[1],X[4]=q[0],X[5]=q[1];else{var W=this.props[0],vt=this.props[1],St=this.props[4],At=this.props[5],Yt=this.props[12],ee=this.props[13];X[0]=d[0]*W+d[1]*St+Yt,X[1]=d[0]*vt+d[1]*At+ee,X[2]=y[0]*W+y[1]*St+Yt,X[3]=y[0]*vt+y[1]*At+ee,X[4]=q[0]*W+q[1]*St+Yt,X[5]=q[0]*vt+q[1]*At+ee}return X}function nt(d,y,q){var X;return this.isIdentity()?X=[d,y,q]:X=[d*this.props[0]+y*this.props[4]+q*this.props[8]+this.props[12],d*this.props[1]+y*this.props[5]+q*this.props[9]+this.props[13],d*this.props[2]+y*this.props[6]+q*this.props[10]+this.props[14]],X}function H(d,y){if(this.isIdentity())return d+","+y;var q=this.props;return Math.round((d*q[0]+y*q[4]+q[12])*100)/100+","+Math.round((d*q[1]+y*q[5]+q[13])*100)/100}function J(){for(var d=0,y=this.props,q="matrix3d(",X=1e4;d<16;)q+=i(y[d]*X)/X,q+=d===15?")":",",d+=1;return q}function j(d){var y=1e4;return d<1e-6&&d>0||d>-1e-6&&d<0?i(d*y)/y:d}function w(){var d=this.props,y=j(d[0]),q=j(d[1]),X=j(d[4]),W=j(d[5]),vt=j(d[12]),St=j(d[13]);return"matrix("+y+","+q+","+X+","+W+","+vt+","+St+")"}return function(){this.reset=a,this.rotate=r,this.rotateX=f,this.rotateY=M,this.rotateZ=v,this.skew=F,this.skewFromAxis=A,this.shear=B,this.scale=x,this.setTransform=P,this.translate=R,this.transform=I,this.applyToPoint=s,this.applyToX=h,this.applyToY=g,this.applyToZ=u,this.applyToPointArray=nt,this.applyToTriplePoints=at,this.applyToPointStringified=H,this.toCSS=J,this.to2dCSS=w,this.clone=l,this.cloneFromProps=o,this.equals=c,this.inversePoints=rt,this.inversePoint=G,this.getInverseMatrix=k,this._t=this.transform,this.isIdentity=L,this._identity=!0,this._identityCalculated=!1,this.props=_("float32",16),this.reset()}})();(function(t,e){var n=this,i=256,a=6,r=52,f="random",M=e.pow(i,a),v=e.pow(2,r),B=v*2,F=i-1,A;function x(o,s,h){var g=[];s=s===!0?{entropy:!0}:s||{};var u=L(I(s.entropy?[o,l(t)]:o===null?c():o,3),g),k=new P(g),G=function(){for(var rt=k.g(a),at=M,nt=0;rt<v;)rt=(rt+nt)*i,at*=i,nt=k.g(1);for(;rt>=B;)rt/=2,at/=2,nt>>>=1;return(rt+nt)/at};return G.int32=function(){return k.g(4)|0},G.quick=function(){return k.g(4)/4294967296},G.double=G,L(l(k.S),t),(s.pass||h||function(rt,at,nt,H){return H&&(H.S&&R(H,k),rt.state=function(){return R(k,{})}),nt?(e[f]=rt,at):rt})(G,u,"global"in s?s.global:this==e,s.state)}e["seed"+f]=x;function P(o){var s,h=o.length,g=this,u=0,k=g.i=g.j=0,G=g.S=[];for(h||(o=[h++]);u<i;)G[u]=u++;for(u=0;u<i;u++)G[u]=G[k=F&k+o[u%h]+(s=G[u])],G[k]=s;g.g=function(rt){for(var at,nt=0,H=g.i,J=g.j,j=g.S;rt--;)at=j[H=F&H+1],nt=nt*i+j[F&(j[H]=j[J=F&J+at])+(j[J]=at)];return g.i=H,g.j=J,nt}}function R(o,s){return s.i=o.i,s.j=o.j,s.S=o.S.slice(),s}function I(o,s){var h=[],g=typeof o,u;if(s&&g=="object")for(u in o)try{h.push(I(o[u],s-1))}catch{}return h.length?h:g=="string"?o:o+"\0"}function L(o,s){for(var h=o+"",g,u=0;u<h.length;)s[F&u]=F&(g^=s[F&u]*19)+h.charCodeAt(u++);return l(s)}function c(){try{if(A)return l(A.randomBytes(i));var o=new Uint8Array(i);return(n.crypto||n.msCrypto).getRandomValues(o),l(o)}catch{var s=n.navigator,h=s&&s.plugins;return[+new Date,n,h,n.screen,l(t)]}}function l(o){return String.fromCharCode.apply(0,o)}L(e.random(),t)})([],ae);var V=(function(){var t={};t.getBezierEasing=n;var e={};function n(l,o,s,h,g){var u=g||("bez_"+l+"_"+o+"_"+s+"_"+h).replace(/\./g,"p");if(e[u])return e[u];var k=new c([l,o,s,h]);return e[u]=k,k}var i=4,a=.001,r=1e-7,f=10,M=11,v=1/(M-1),B=typeof Float32Array=="function";function F(l,o){return 1-3*o+3*l}function A(l,o){return 3*o-6*l}function x(l){return 3*l}function P(l,o,s){return((F(o,s)*l+A(o,s))*l+x(o))*l}function R(l,o,s){return 3*F(o,s)*l*l+2*A(o,s)*l+x(o)}function I(l,o,s,h,g){var u,k,G=0;do k=o+(s-o)/2,u=P(k,h,g)-l,u>0?s=k:o=k;while(Math.abs(u)>r&&++G<f);return k}function L(l,o,s,h){for(var g=0;g<i;++g){var u=R(o,s,h);if(u===0)return o;var k=P(o,s,h)-l;o-=k/u}return o}function c(l){this._p=l,this._mSampleValues=B?new Float32Array(M):new Array(M),this._precomputed=!1,this.get=this.get.bind(this)}return c.prototype={get:function(l){var o=this._p[0],s=this._p[1],h=this._p[2],g=this._p[3];return this._precomputed||this._precompute(),o===s&&h===g?l:l===0?0:l===1?1:P(this._getTForX(l),s,g)},_precompute:function(){var l=this._p[0],o=this._p[1],s=this._p[2],h=this._p[3];this._precomputed=!0,(l!==o||s!==h)&&this._calcSampleValues()},_calcSampleValues:function(){for(var l=this._p[0],o=this._p[2],s=0;s<M;++s)this._mSampleValues[s]=P(s*v,l,o)},_getTForX:function(l){for(var o=this._p[0],s=this._p[2],h=this._mSampleValues,g=0,u=1,k=M-1;u!==k&&h[u]<=l;++u)g+=v;--u;var G=(l-h[u])/(h[u+1]-h[u]),rt=g+G*v,at=R(rt,o,s);return at>=a?L(l,rt,o,s):at===0?rt:I(l,g,g+v,o,s)}},t})();(function(){for(var t=0,e=["ms","moz","webkit","o"],n=0;n<e.length&&!kt.requestAnimationFrame;++n)kt.requestAnimationFrame=kt[e[n]+"RequestAnimationFrame"],kt.cancelAnimationFrame=kt[e[n]+"CancelAnimationFrame"]||kt[e[n]+"CancelRequestAnimationFrame"];kt.requestAnimationFrame||(kt.requestAnimationFrame=function(i){var a=new Date().getTime(),r=Math.max(0,16-(a-t)),f=setTimeout(function(){i(a+r)},r);return t=a+r,f}),kt.cancelAnimationFrame||(kt.cancelAnimationFrame=function(i){clearTimeout(i)})})();function O(t,e){var n,i=t.length,a;for(n=0;n<i;n+=1){a=t[n].prototype;for(var r in a)Object.prototype.hasOwnProperty.call(a,r)&&(e.prototype[r]=a[r])}}function ot(t,e){return Object.getOwnPropertyDescriptor(t,e)}function ht(t){function e(){}return e.prototype=t,e}function K(){var t=Math;function e(x,P,R,I,L,c){var l=x*I+P*L+R*c-L*I-c*x-R*P;return l>-.001&&l<.001}function n(x,P,R,I,L,c,l,o,s){if(R===0&&c===0&&s===0)return e(x,P,I,L,l,o);var h=t.sqrt(t.pow(I-x,2)+t.pow(L-P,2)+t.pow(c-R,2)),g=t.sqrt(t.pow(l-x,2)+t.pow(o-P,2)+t.pow(s-R,2)),u=t.sqrt(t.pow(l-I,2)+t.pow(o-L,2)+t.pow(s-c,2)),k;return h>g?h>u?k=h-g-u:k=u-g-h:u>g?k=u-g-h:k=g-h-u,k>-1e-4&&k<1e-4}var i=(function(){return function(x,P,R,I){var L=le,c,l,o,s,h,g=0,u,k=[],G=[],rt=$n.newElement();for(o=R.length,c=0;c<L;c+=1){for(h=c/(L-1),u=0,l=0;l<o;l+=1)s=Dt(1-h,3)*x[l]+3*Dt(1-h,2)*h*R[l]+3*(1-h)*Dt(h,2)*I[l]+Dt(h,3)*P[l],k[l]=s,G[l]!==null&&(u+=Dt(k[l]-G[l],2)),G[l]=k[l];u&&(u=zt(u),g+=u),rt.percents[c]=h,rt.lengths[c]=g}return rt.addedLength=g,rt}})();function a(x){var P=Un.newElement(),R=x.c,I=x.v,L=x.o,c=x.i,l,o=x._length,s=P.lengths,h=0;for(l=0;l<o-1;l+=1)s[l]=i(I[l],I[l+1],L[l],c[l+1]),h+=s[l].addedLength;return R&&o&&(s[l]=i(I[l],I[0],L[l],c[0]),h+=s[l].addedLength),P.totalLength=h,P}function r(x){this.segmentLength=0,this.points=new Array(x)}function f(x,P){this.partialLength=x,this.point=P}var M=(function(){var x={};return function(P,R,I,L){var c=(P[0]+"_"+P[1]+"_"+R[0]+"_"+R[1]+"_"+I[0]+"_"+I[1]+"_"+L[0]+"_"+L[1]).replace(/\./g,"p");if(!x[c]){var l=le,o,s,h,g,u,k=0,G,rt,at=null;P.length===2&&(P[0]!==R[0]||P[1]!==R[1])&&e(P[0],P[1],R[0],R[1],P[0]+I[0],P[1]+I[1])&&e(P[0],P[1],R[0],R[1],R[0]+L[0],R[1]+L[1])&&(l=2);var nt=new r(l);for(h=I.length,o=0;o<l;o+=1){for(rt=b(h),u=o/(l-1),G=0,s=0;s<h;s+=1)g=Dt(1-u,3)*P[s]+3*Dt(1-u,2)*u*(P[s]+I[s])+3*(1-u)*Dt(u,2)*(R[s]+L[s])+Dt(u,3)*R[s],rt[s]=g,at!==null&&(G+=Dt(rt[s]-at[s],2));G=zt(G),k+=G,nt.points[o]=new f(G,rt),at=rt}nt.segmentLength=k,x[c]=nt}return x[c]}})();function v(x,P){var R=P.percents,I=P.lengths,L=R.length,c=Pt((L-1)*x),l=x*P.addedLength,o=0;if(c===L-1||c===0||l===I[c])return R[c];for(var s=I[c]>l?-1:1,h=!0;h;)if(I[c]<=l&&I[c+1]>l?(o=(l-I[c])/(I[c+1]-I[c]),h=!1):c+=s,c<0||c>=L-1){if(c===L-1)return R[c];h=!1}return R[c]+(R[c+1]-R[c])*o}function B(x,P,R,I,L,c){var l=v(L,c),o=1-l,s=t.round((o*o*o*x[0]+(l*o*o+o*l*o+o*o*l)*R[0]+(l*l*o+o*l*l+l*o*l)*I[0]+l*l*l*P[0])*1e3)/1e3,h=t.round((o*o*o*x[1]+(l*o*o+o*l*o+o*o*l)*R[1]+(l*l*o+o*l*l+l*o*l)*I[1]+l*l*l*P[1])*1e3)/1e3;return[s,h]}var F=_("float32",8);function A(x,P,R,I,L,c,l){L<0?L=0:L>1&&(L=1);var o=v(L,l);c=c>1?1:c;var s=v(c,l),h,g=x.length,u=1-o,k=1-s,G=u*u*u,rt=o*u*u*3,at=o*o*u*3,nt=o*o*o,H=u*u*k,J=o*u*k+u*o*k+u*u*s,j=o*o*k+u*o*s+o*u*s,w=o*o*s,d=u*k*k,y=o*k*k+u*s*k+u*k*s,q=o*s*k+u*s*s+o*k*s,X=o*s*s,W=k*k*k,vt=s*k*k+k*s*k+k*k*s,St=s*s*k+k*s*s+s*k*s,At=s*s*s;for(h=0;h<g;h+=1)F[h*4]=t.round((G*x[h]+rt*R[h]+at*I[h]+nt*P[h])*1e3)/1e3,F[h*4+1]=t.round((H*x[h]+J*R[h]+j*I[h]+w*P[h])*1e3)/1e3,F[h*4+2]=t.round((d*x[h]+y*R[h]+q*I[h]+X*P[h])*1e3)/1e3,F[h*4+3]=t.round((W*x[h]+vt*R[h]+St*I[h]+At*P[h])*1e3)/1e3;return F}return{getSegmentsLength:a,getNewSegment:A,getPointInSegment:B,buildBezierData:M,pointOnLine2D:e,pointOnLine3D:n}}var dt=K(),mt=(function(){var t=1,e=[],n,i,a={onmessage:function(){},postMessage:function(x){n({data:x})}},r={postMessage:function(x){a.onmessage({data:x})}};function f(x){if(kt.Worker&&kt.Blob&&wt){var P=new Blob(["var _workerSelf = self; self.onmessage = ",x.toString()],{type:"text/javascript"}),R=URL.createObjectURL(P);return new Worker(R)}return n=x,a}function M(){i||(i=f(function(P){function R(){function L(H,J){var j,w,d=H.length,y,q,X,W;for(w=0;w<d;w+=1)if(j=H[w],"ks"in j&&!j.completed){if(j.completed=!0,j.tt&&(H[w-1].td=j.tt),j.hasMask){var vt=j.masksProperties;for(q=vt.length,y=0;y<q;y+=1)if(vt[y].pt.k.i)o(vt[y].pt.k);else for(W=vt[y].pt.k.length,X=0;X<W;X+=1)vt[y].pt.k[X].s&&o(vt[y].pt.k[X].s[0]),vt[y].pt.k[X].e&&o(vt[y].pt.k[X].e[0])}j.ty===0?(j.layers=c(j.refId,J),L(j.layers,J)):j.ty===4?l(j.shapes):j.ty===5&&at(j)}}function c(H,J){for(var j=0,w=J.length;j<w;){if(J[j].id===H)return J[j].layers.__used?JSON.parse(JSON.stringify(J[j].layers)):(J[j].layers.__used=!0,J[j].layers);j+=1}return null}function l(H){var J,j=H.length,w,d;for(J=j-1;J>=0;J-=1)if(H[J].ty==="sh")if(H[J].ks.k.i)o(H[J].ks.k);else for(d=H[J].ks.k.length,w=0;w<d;w+=1)H[J].ks.k[w].s&&o(H[J].ks.k[w].s[0]),H[J].ks.k[w].e&&o(H[J].ks.k[w].e[0]);else H[J].ty==="gr"&&l(H[J].it)}function o(H){var J,j=H.i.length;for(J=0;J<j;J+=1)H.i[J][0]+=H.v[J][0],H.i[J][1]+=H.v[J][1],H.o[J][0]+=H.v[J][0],H.o[J][1]+=H.v[J][1]}function s(H,J){var j=J?J.split("."):[100,100,100];return H[0]>j[0]?!0:j[0]>H[0]?!1:H[1]>j[1]?!0:j[1]>H[1]?!1:H[2]>j[2]?!0:j[2]>H[2]?!1:null}var h=(function(){var H=[4,4,14];function J(w){var d=w.t.d;w.t.d={k:[{s:d,t:0}]}}function j(w){var d,y=w.length;for(d=0;d<y;d+=1)w[d].ty===5&&J(w[d])}return function(w){if(s(H,w.v)&&(j(w.layers),w.assets)){var d,y=w.assets.length;for(d=0;d<y;d+=1)w.assets[d].layers&&j(w.assets[d].layers)}}})(),g=(function(){var H=[4,7,99];return function(J){if(J.chars&&!s(H,J.v)){var j,w=J.chars.length,d,y,q,X;for(j=0;j<w;j+=1)if(J.chars[j].data&&J.chars[j].data.shapes)for(X=J.chars[j].data.shapes[0].it,y=X.length,d=0;d<y;d+=1)q=X[d].ks.k,q.__converted||(o(X[d].ks.k),q.__converted=!0)}}})(),u=(function(){var H=[5,7,15];function J(w){var d=w.t.p;typeof d.a=="number"&&(d.a={a:0,k:d.a}),typeof d.p=="number"&&(d.p={a:0,k:d.p}),typeof d.r=="number"&&(d.r={a:0,k:d.r})}function j(w){var d,y=w.length;for(d=0;d<y;d+=1)w[d].ty===5&&J(w[d])}return function(w){if(s(H,w.v)&&(j(w.layers),w.assets)){var d,y=w.assets.length;for(d=0;d<y;d+=1)w.assets[d].layers&&j(w.assets[d].layers)}}})(),k=(function(){var H=[4,1,9];function J(w){var d,y=w.length,q,X;for(d=0;d<y;d+=1)if(w[d].ty==="gr")J(w[d].it);else if(w[d].ty==="fl"||w[d].ty==="st")if(w[d].c.k&&w[d].c.k[0].i)for(X=w[d].c.k.length,q=0;q<X;q+=1)w[d].c.k[q].s&&(w[d].c.k[q].s[0]/=255,w[d].c.k[q].s[1]/=255,w[d].c.k[q].s[2]/=255,w[d].c.k[q].s[3]/=255),w[d].c.k[q].e&&(w[d].c.k[q].e[0]/=255,w[d].c.k[q].e[1]/=255,w[d].c.k[q].e[2]/=255,w[d].c.k[q].e[3]/=255);else w[d].c.k[0]/=255,w[d].c.k[1]/=255,w[d].c.k[2]/=255,w[d].c.k[3]/=255}function j(w){var d,y=w.length;for(d=0;d<y;d+=1)w[d].ty===4&&J(w[d].shapes)}return function(w){if(s(H,w.v)&&(j(w.layers),w.assets)){var d,y=w.assets.length;for(d=0;d<y;d+=1)w.assets[d].layers&&j(w.assets[d].layers)}}})(),G=(function(){var H=[4,4,18];function J(w){var d,y=w.length,q,X;for(d=y-1;d>=0;d-=1)if(w[d].ty==="sh")if(w[d].ks.k.i)w[d].ks.k.c=w[d].closed;else for(X=w[d].ks.k.length,q=0;q<X;q+=1)w[d].ks.k[q].s&&(w[d].ks.k[q].s[0].c=w[d].closed),w[d].ks.k[q].e&&(w[d].ks.k[q].e[0].c=w[d].closed);else w[d].ty==="gr"&&J(w[d].it)}function j(w){var d,y,q=w.length,X,W,vt,St;for(y=0;y<q;y+=1){if(d=w[y],d.hasMask){var At=d.masksProperties;for(W=At.length,X=0;X<W;X+=1)if(At[X].pt.k.i)At[X].pt.k.c=At[X].cl;else for(St=At[X].pt.k.length,vt=0;vt<St;vt+=1)At[X].pt.k[vt].s&&(At[X].pt.k[vt].s[0].c=At[X].cl),At[X].pt.k[vt].e&&(At[X].pt.k[vt].e[0].c=At[X].cl)}d.ty===4&&J(d.shapes)}}return function(w){if(s(H,w.v)&&(j(w.layers),w.assets)){var d,y=w.assets.length;for(d=0;d<y;d+=1)w.assets[d].layers&&j(w.assets[d].layers)}}})();function rt(H){H.__complete||(k(H),h(H),g(H),u(H),G(H),L(H.layers,H.assets),H.__complete=!0)}function at(H){H.t.a.length===0&&!("m"in H.t.p)&&(H.singleShape=!0)}var nt={};return nt.completeData=rt,nt.checkColors=k,nt.checkChars=g,nt.checkPathProperties=u,nt.checkShapes=G,nt.completeLayers=L,nt}if(r.dataManager||(r.dataManager=R()),r.assetLoader||(r.assetLoader=(function(){function L(l){var o=l.getResponseHeader("content-type");return o&&l.responseType==="json"&&o.indexOf("json")!==-1||l.response&&typeof l.response=="object"?l.response:l.response&&typeof l.response=="string"?JSON.parse(l.response):l.responseText?JSON.parse(l.responseText):null}function c(l,o,s,h){var g,u=new XMLHttpRequest;try{u.responseType="json"}catch{}u.onreadystatechange=function(){if(u.readyState===4)if(u.status===200)g=L(u),s(g);else try{g=L(u),s(g)}catch(k){h&&h(k)}};try{u.open("GET",l,!0)}catch{u.open("GET",o+"/"+l,!0)}u.send()}return{load:c}})()),P.data.type==="loadAnimation")r.assetLoader.load(P.data.path,P.data.fullPath,function(L){r.dataManager.completeData(L),r.postMessage({id:P.data.id,payload:L,status:"success"})},function(){r.postMessage({id:P.data.id,status:"error"})});else if(P.data.type==="complete"){var I=P.data.animation;r.dataManager.completeData(I),r.postMessage({id:P.data.id,payload:I,status:"success"})}else P.data.type==="loadData"&&r.assetLoader.load(P.data.path,P.data.fullPath,function(L){r.postMessage({id:P.data.id,payload:L,status:"success"})},function(){r.postMessage({id:P.data.id,status:"error"})})}),i.onmessage=function(x){var P=x.data,R=P.id,I=e[R];e[R]=null,P.status==="success"?I.onComplete(P.payload):I.onError&&I.onError()})}function v(x,P){t+=1;var R="processId_"+t;return e[R]={onComplete:x,onError:P},R}function B(x,P,R){M();var I=v(P,R);i.postMessage({type:"loadAnimation",path:x,fullPath:kt.location.origin+kt.location.pathname,id:I})}function F(x,P,R){M();var I=v(P,R);i.postMessage({type:"loadData",path:x,fullPath:kt.location.origin+kt.location.pathname,id:I})}function A(x,P,R){M();var I=v(P,R);i.postMessage({type:"complete",animation:x,id:I})}return{loadAnimation:B,loadData:F,completeAnimation:A}})();function bt(t){for(var e=t.fStyle?t.fStyle.split(" "):[],n="normal",i="normal",a=e.length,r,f=0;f<a;f+=1)switch(r=e[f].toLowerCase(),r){case"italic":i="italic";break;case"bold":n="700";break;case"black":n="900";break;case"medium":n="500";break;case"regular":case"normal":n="400";break;case"light":case"thin":n="200";break;default:break}return{style:i,weight:t.fWeight||n}}var Lt=(function(){var t=5e3,e={w:0,size:0,shapes:[]},n=[];n=n.concat([2304,2305,2306,2307,2362,2363,2364,2364,2366,2367,2368,2369,2370,2371,2372,2373,2374,2375,2376,2377,2378,2379,2380,2381,2382,2383,2387,2388,2389,2390,2391,2402,2403]);var i=["d83cdffb","d83cdffc","d83cdffd","d83cdffe","d83cdfff"],a=[65039,8205];function r(s){var h=s.split(","),g,u=h.length,k=[];for(g=0;g<u;g+=1)h[g]!=="sans-serif"&&h[g]!=="monospace"&&k.push(h[g]);return k.join(",")}function f(s,h){var g=z("span");g.setAttribute("aria-hidden",!0),g.style.fontFamily=h;var u=z("span");u.innerText="giItT1WQy@!-/#",g.style.position="absolute",g.style.left="-10000px",g.style.top="-10000px",g.style.fontSize="300px",g.style.fontVariant="normal",g.style.fontStyle="normal",g.style.fontWeight="normal",g.style.letterSpacing="0",g.appendChild(u),document.body.appendChild(g);var k=u.offsetWidth;return u.style.fontFamily=r(s)+", "+h,{node:u,w:k,parent:g}}function M(){var s,h=this.fonts.length,g,u,k=h;for(s=0;s<h;s+=1)this.fonts[s].loaded?k-=1:this.fonts[s].fOrigin==="n"||this.fonts[s].origin===0?this.fonts[s].loaded=!0:(g=this.fonts[s].monoCase.node,u=this.fonts[s].monoCase.w,g.offsetWidth!==u?(k-=1,this.fonts[s].loaded=!0):(g=this.fonts[s].sansCase.node,u=this.fonts[s].sansCase.w,g.offsetWidth!==u&&(k-=1,this.fonts[s].loaded=!0)),this.fonts[s].loaded&&(this.fonts[s].sansCase.parent.parentNode.removeChild(this.fonts[s].sansCase.parent),this.fonts[s].monoCase.parent.parentNode.removeChild(this.fonts[s].monoCase.parent)));k!==0&&Date.now()-this.initTime<t?setTimeout(this.checkLoadedFontsBinded,20):setTimeout(this.setIsLoadedBinded,10)}function v(s,h){var g=m("text");g.style.fontSize="100px";var u=bt(h);g.setAttribute("font-family",h.fFamily),g.setAttribute("font-style",u.style),g.setAttribute("font-weight",u.weight),g.textContent="1",h.fClass?(g.style.fontFamily="inherit",g.setAttribute("class",h.fClass)):g.style.fontFamily=h.fFamily,s.appendChild(g);var k=z("canvas").getContext("2d");return k.font=h.fWeight+" "+h.fStyle+" 100px "+h.fFamily,g}function B(s,h){if(!s){this.isLoaded=!0;return}if(this.chars){this.isLoaded=!0,this.fonts=s.list;return}var g=s.list,u,k=g.length,G=k;for(u=0;u<k;u+=1){var rt=!0,at,nt;if(g[u].loaded=!1,g[u].monoCase=f(g[u].fFamily,"monospace"),g[u].sansCase=f(g[u].fFamily,"sans-serif"),!g[u].fPath)g[u].loaded=!0,G-=1;else if(g[u].fOrigin==="p"||g[u].origin===3){if(at=document.querySelectorAll('style[f-forigin="p"][f-family="'+g[u].fFamily+'"], style[f-origin="3"][f-family="'+g[u].fFamily+'"]'),at.length>0&&(rt=!1),rt){var H=z("style");H.setAttribute("f-forigin",g[u].fOrigin),H.setAttribute("f-origin",g[u].origin),H.setAttribute("f-family",g[u].fFamily),H.type="text/css",H.innerText="@font-face {font-family: "+g[u].fFamily+"; font-style: normal; src: url('"+g[u].fPath+"');}",h.appendChild(H)}}else if(g[u].fOrigin==="g"||g[u].origin===1){for(at=document.querySelectorAll('link[f-forigin="g"], link[f-origin="1"]'),nt=0;nt<at.length;nt+=1)at[nt].href.indexOf(g[u].fPath)!==-1&&(rt=!1);if(rt){var J=z("link");J.setAttribute("f-forigin",g[u].fOrigin),J.setAttribute("f-origin",g[u].origin),J.type="text/css",J.rel="stylesheet",J.href=g[u].fPath,document.body.appendChild(J)}}else if(g[u].fOrigin==="t"||g[u].origin===2){for(at=document.querySelectorAll('script[f-forigin="t"], script[f-origin="2"]'),nt=0;nt<at.length;nt+=1)g[u].fPath===at[nt].src&&(rt=!1);if(rt){var j=z("link");j.setAttribute("f-forigin",g[u].fOrigin),j.setAttribute("f-origin",g[u].origin),j.setAttribute("rel","stylesheet"),j.setAttribute("href",g[u].fPath),h.appendChild(j)}}g[u].helper=v(h,g[u]),g[u].cache={},this.fonts.push(g[u])}G===0?this.isLoaded=!0:setTimeout(this.checkLoadedFonts.bind(this),100)}function F(s){if(s){this.chars||(this.chars=[]);var h,g=s.length,u,k=this.chars.length,G;for(h=0;h<g;h+=1){for(u=0,G=!1;u<k;)this.chars[u].style===s[h].style&&this.chars[u].fFamily===s[h].fFamily&&this.chars[u].ch===s[h].ch&&(G=!0),u+=1;G||(this.chars.push(s[h]),k+=1)}}}function A(s,h,g){for(var u=0,k=this.chars.length;u<k;){if(this.chars[u].ch===s&&this.chars[u].style===h&&this.chars[u].fFamily===g)return this.chars[u];u+=1}return(typeof s=="string"&&s.charCodeAt(0)!==13||!s)&&console&&console.warn&&!this._warned&&(this._warned=!0,console.warn("Missing character from exported characters list: ",s,h,g)),e}function x(s,h,g){var u=this.getFontByName(h),k=s.charCodeAt(0);if(!u.cache[k+1]){var G=u.helper;if(s===" "){G.textContent="|"+s+"|";var rt=G.getComputedTextLength();G.textContent="||";var at=G.getComputedTextLength();u.cache[k+1]=(rt-at)/100}else G.textContent=s,u.cache[k+1]=G.getComputedTextLength()/100}return u.cache[k+1]*g}function P(s){for(var h=0,g=this.fonts.length;h<g;){if(this.fonts[h].fName===s)return this.fonts[h];h+=1}return this.fonts[0]}function R(s,h){var g=s.toString(16)+h.toString(16);return i.indexOf(g)!==-1}function I(s,h){return h?s===a[0]&&h===a[1]:s===a[1]}function L(s){return n.indexOf(s)!==-1}function c(){this.isLoaded=!0}var l=function(){this.fonts=[],this.chars=null,this.typekitLoaded=0,this.isLoaded=!1,this._warned=!1,this.initTime=Date.now(),this.setIsLoadedBinded=this.setIsLoaded.bind(this),this.checkLoadedFontsBinded=this.checkLoadedFonts.bind(this)};l.isModifier=R,l.isZeroWidthJoiner=I,l.isCombinedCharacter=L;var o={addChars:F,addFonts:B,getCharData:A,getFontByName:P,measureText:x,checkLoadedFonts:M,setIsLoaded:c};return l.prototype=o,l})(),$=(function(){var t=ct,e=Math.abs;function n(L,c){var l=this.offsetTime,o;this.propType==="multidimensional"&&(o=_("float32",this.pv.length));for(var s=c.lastIndex,h=s,g=this.keyframes.length-1,u=!0,k,G,rt;u;){if(k=this.keyframes[h],G=this.keyframes[h+1],h===g-1&&L>=G.t-l){k.h&&(k=G),s=0;break}if(G.t-l>L){s=h;break}h<g-1?h+=1:(s=0,u=!1)}rt=this.keyframesMetadata[h]||{};var at,nt,H,J,j,w,d=G.t-l,y=k.t-l,q;if(k.to){rt.bezierData||(rt.bezierData=dt.buildBezierData(k.s,G.s||k.e,k.to,k.ti));var X=rt.bezierData;if(L>=d||L<y){var W=L>=d?X.points.length-1:0;for(nt=X.points[W].point.length,at=0;at<nt;at+=1)o[at]=X.points[W].point[at]}else{rt.__fnct?w=rt.__fnct:(w=V.getBezierEasing(k.o.x,k.o.y,k.i.x,k.i.y,k.n).get,rt.__fnct=w),H=w((L-y)/(d-y));var vt=X.segmentLength*H,St,At=c.lastFrame<L&&c._lastKeyframeIndex===h?c._lastAddedLength:0;for(j=c.lastFrame<L&&c._lastKeyframeIndex===h?c._lastPoint:0,u=!0,J=X.points.length;u;){if(At+=X.points[j].partialLength,vt===0||H===0||j===X.points.length-1){for(nt=X.points[j].point.length,at=0;at<nt;at+=1)o[at]=X.points[j].point[at];break}else if(vt>=At&&vt<At+X.points[j+1].partialLength){for(St=(vt-At)/X.points[j+1].partialLength,nt=X.points[j].point.length,at=0;at<nt;at+=1)o[at]=X.points[j].point[at]+(X.points[j+1].point[at]-X.points[j].point[at])*St;break}j<J-1?j+=1:u=!1}c._lastPoint=j,c._lastAddedLength=At-X.points[j].partialLength,c._lastKeyframeIndex=h}}else{var Yt,ee,se,ce,fe;if(g=k.s.length,q=G.s||k.e,this.sh&&k.h!==1)if(L>=d)o[0]=q[0],o[1]=q[1],o[2]=q[2];else if(L<=y)o[0]=k.s[0],o[1]=k.s[1],o[2]=k.s[2];else{var re=r(k.s),Kt=r(q),oe=(L-y)/(d-y);a(o,i(re,Kt,oe))}else for(h=0;h<g;h+=1)k.h!==1&&(L>=d?H=1:L<y?H=0:(k.o.x.constructor===Array?(rt.__fnct||(rt.__fnct=[]),rt.__fnct[h]?w=rt.__fnct[h]:(Yt=k.o.x[h]===void 0?k.o.x[0]:k.o.x[h],ee=k.o.y[h]===void 0?k.o.y[0]:k.o.y[h],se=k.i.x[h]===void 0?k.i.x[0]:k.i.x[h],ce=k.i.y[h]===void 0?k.i.y[0]:k.i.y[h],w=V.getBezierEasing(Yt,ee,se,ce).get,rt.__fnct[h]=w)):rt.__fnct?w=rt.__fnct:(Yt=k.o.x,ee=k.o.y,se=k.i.x,ce=k.i.y,w=V.getBezierEasing(Yt,ee,se,ce).get,k.keyframeMetadata=w),H=w((L-y)/(d-y)))),q=G.s||k.e,fe=k.h===1?k.s[h]:k.s[h]+(q[h]-k.s[h])*H,this.propType==="multidimensional"?o[h]=fe:o=fe}return c.lastIndex=s,o}function i(L,c,l){var o=[],s=L[0],h=L[1],g=L[2],u=L[3],k=c[0],G=c[1],rt=c[2],at=c[3],nt,H,J,j,w;return H=s*k+h*G+g*rt+u*at,H<0&&(H=-H,k=-k,G=-G,rt=-rt,at=-at),1-H>1e-6?(nt=Math.acos(H),J=Math.sin(nt),j=Math.sin((1-l)*nt)/J,w=Math.sin(l*nt)/J):(j=1-l,w=l),o[0]=j*s+w*k,o[1]=j*h+w*G,o[2]=j*g+w*rt,o[3]=j*u+w*at,o}function a(L,c){var l=c[0],o=c[1],s=c[2],h=c[3],g=Math.atan2(2*o*h-2*l*s,1-2*o*o-2*s*s),u=Math.asin(2*l*o+2*s*h),k=Math.atan2(2*l*h-2*o*s,1-2*l*l-2*s*s);L[0]=g/Bt,L[1]=u/Bt,L[2]=k/Bt}function r(L){var c=L[0]*Bt,l=L[1]*Bt,o=L[2]*Bt,s=Math.cos(c/2),h=Math.cos(l/2),g=Math.cos(o/2),u=Math.sin(c/2),k=Math.sin(l/2),G=Math.sin(o/2),rt=s*h*g-u*k*G,at=u*k*g+s*h*G,nt=u*h*g+s*k*G,H=s*k*g-u*h*G;return[at,nt,H,rt]}function f(){var L=this.comp.renderedFrame-this.offsetTime,c=this.keyframes[0].t-this.offsetTime,l=this.keyframes[this.keyframes.length-1].t-this.offsetTime;if(!(L===this._caching.lastFrame||this._caching.lastFrame!==t&&(this._caching.lastFrame>=l&&L>=l||this._caching.lastFrame<c&&L<c))){this._caching.lastFrame>=L&&(this._caching._lastKeyframeIndex=-1,this._caching.lastIndex=0);var o=this.interpolateValue(L,this._caching);this.pv=o}return this._caching.lastFrame=L,this.pv}function M(L){var c;if(this.propType==="unidimensional")c=L*this.mult,e(this.v-c)>1e-5&&(this.v=c,this._mdf=!0);else for(var l=0,o=this.v.length;l<o;)c=L[l]*this.mult,e(this.v[l]-c)>1e-5&&(this.v[l]=c,this._mdf=!0),l+=1}function v(){if(!(this.elem.globalData.frameId===this.frameId||!this.effectsSequence.length)){if(this.lock){this.setVValue(this.pv);return}this.lock=!0,this._mdf=this._isFirstFrame;var L,c=this.effectsSequence.length,l=this.kf?this.pv:this.data.k;for(L=0;L<c;L+=1)l=this.effectsSequence[L](l);this.setVValue(l),this._isFirstFrame=!1,this.lock=!1,this.frameId=this.elem.globalData.frameId}}function B(L){this.effectsSequence.push(L),this.container.addDynamicProperty(this)}function F(L,c,l,o){this.propType="unidimensional",this.mult=l||1,this.data=c,this.v=l?c.k*l:c.k,this.pv=c.k,this._mdf=!1,this.elem=L,this.container=o,this.comp=L.comp,this.k=!1,this.kf=!1,this.vel=0,this.effectsSequence=[],this._isFirstFrame=!0,this.getValue=v,this.setVValue=M,this.addEffect=B}function A(L,c,l,o){this.propType="multidimensional",this.mult=l||1,this.data=c,this._mdf=!1,this.elem=L,this.container=o,this.comp=L.comp,this.k=!1,this.kf=!1,this.frameId=-1;var s,h=c.k.length;for(this.v=_("float32",h),this.pv=_("float32",h),this.vel=_("float32",h),s=0;s<h;s+=1)this.v[s]=c.k[s]*this.mult,this.pv[s]=c.k[s];this._isFirstFrame=!0,this.effectsSequence=[],this.getValue=v,this.setVValue=M,this.addEffect=B}function x(L,c,l,o){this.propType="unidimensional",this.keyframes=c.k,this.keyframesMetadata=[],this.offsetTime=L.data.st,this.frameId=-1,this._caching={lastFrame:t,lastIndex:0,value:0,_lastKeyframeIndex:-1},this.k=!0,this.kf=!0,this.data=c,this.mult=l||1,this.elem=L,this.container=o,this.comp=L.comp,this.v=t,this.pv=t,this._isFirstFrame=!0,this.getValue=v,this.setVValue=M,this.interpolateValue=n,this.effectsSequence=[f.bind(this)],this.addEffect=B}function P(L,c,l,o){this.propType="multidimensional";var s,h=c.k.length,g,u,k,G;for(s=0;s<h-1;s+=1)c.k[s].to&&c.k[s].s&&c.k[s+1]&&c.k[s+1].s&&(g=c.k[s].s,u=c.k[s+1].s,k=c.k[s].to,G=c.k[s].ti,(g.length===2&&!(g[0]===u[0]&&g[1]===u[1])&&dt.pointOnLine2D(g[0],g[1],u[0],u[1],g[0]+k[0],g[1]+k[1])&&dt.pointOnLine2D(g[0],g[1],u[0],u[1],u[0]+G[0],u[1]+G[1])||g.length===3&&!(g[0]===u[0]&&g[1]===u[1]&&g[2]===u[2])&&dt.pointOnLine3D(g[0],g[1],g[2],u[0],u[1],u[2],g[0]+k[0],g[1]+k[1],g[2]+k[2])&&dt.pointOnLine3D(g[0],g[1],g[2],u[0],u[1],u[2],u[0]+G[0],u[1]+G[1],u[2]+G[2]))&&(c.k[s].to=null,c.k[s].ti=null),g[0]===u[0]&&g[1]===u[1]&&k[0]===0&&k[1]===0&&G[0]===0&&G[1]===0&&(g.length===2||g[2]===u[2]&&k[2]===0&&G[2]===0)&&(c.k[s].to=null,c.k[s].ti=null));this.effectsSequence=[f.bind(this)],this.data=c,this.keyframes=c.k,this.keyframesMetadata=[],this.offsetTime=L.data.st,this.k=!0,this.kf=!0,this._isFirstFrame=!0,this.mult=l||1,this.elem=L,this.container=o,this.comp=L.comp,this.getValue=v,this.setVValue=M,this.interpolateValue=n,this.frameId=-1;var rt=c.k[0].s.length;for(this.v=_("float32",rt),this.pv=_("float32",rt),s=0;s<rt;s+=1)this.v[s]=t,this.pv[s]=t;this._caching={lastFrame:t,lastIndex:0,value:_("float32",rt)},this.addEffect=B}function R(L,c,l,o,s){var h;if(!c.k.length)h=new F(L,c,o,s);else if(typeof c.k[0]=="number")h=new A(L,c,o,s);else switch(l){case 0:h=new x(L,c,o,s);break;case 1:h=new P(L,c,o,s);break;default:break}return h.effectsSequence.length&&s.addDynamicProperty(h),h}var I={getProp:R};return I})(),xt=(function(){var t=[0,0];function e(v){var B=this._mdf;this.iterateDynamicProperties(),this._mdf=this._mdf||B,this.a&&v.translate(-this.a.v[0],-this.a.v[1],this.a.v[2]),this.s&&v.scale(this.s.v[0],this.s.v[1],this.s.v[2]),this.sk&&v.skewFromAxis(-this.sk.v,this.sa.v),this.r?v.rotate(-this.r.v):v.rotateZ(-this.rz.v).rotateY(this.ry.v).rotateX(this.rx.v).rotateZ(-this.or.v[2]).rotateY(this.or.v[1]).rotateX(this.or.v[0]),this.data.p.s?this.data.p.z?v.translate(this.px.v,this.py.v,-this.pz.v):v.translate(this.px.v,this.py.v,0):v.translate(this.p.v[0],this.p.v[1],-this.p.v[2])}function n(v){if(this.elem.globalData.frameId!==this.frameId){if(this._isDirty&&(this.precalculateMatrix(),this._isDirty=!1),this.iterateDynamicProperties(),this._mdf||v){var B;if(this.v.cloneFromProps(this.pre.props),this.appliedTransformations<1&&this.v.translate(-this.a.v[0],-this.a.v[1],this.a.v[2]),this.appliedTransformations<2&&this.v.scale(this.s.v[0],this.s.v[1],this.s.v[2]),this.sk&&this.appliedTransformations<3&&this.v.skewFromAxis(-this.sk.v,this.sa.v),this.r&&this.appliedTransformations<4?this.v.rotate(-this.r.v):!this.r&&this.appliedTransformations<4&&this.v.rotateZ(-this.rz.v).rotateY(this.ry.v).rotateX(this.rx.v).rotateZ(-this.or.v[2]).rotateY(this.or.v[1]).rotateX(this.or.v[0]),this.autoOriented){var F,A;if(B=this.elem.globalData.frameRate,this.p&&this.p.keyframes&&this.p.getValueAtTime)this.p._caching.lastFrame+this.p.offsetTime<=this.p.keyframes[0].t?(F=this.p.getValueAtTime((this.p.keyframes[0].t+.01)/B,0),A=this.p.getValueAtTime(this.p.keyframes[0].t/B,0)):this.p._caching.lastFrame+this.p.offsetTime>=this.p.keyframes[this.p.keyframes.length-1].t?(F=this.p.getValueAtTime(this.p.keyframes[this.p.keyframes.length-1].t/B,0),A=this.p.getValueAtTime((this.p.keyframes[this.p.keyframes.length-1].t-.05)/B,0)):(F=this.p.pv,A=this.p.getValueAtTime((this.p._caching.lastFrame+this.p.offsetTime-.01)/B,this.p.offsetTime));else if(this.px&&this.px.keyframes&&this.py.keyframes&&this.px.getValueAtTime&&this.py.getValueAtTime){F=[],A=[];var x=this.px,P=this.py;x._caching.lastFrame+x.offsetTime<=x.keyframes[0].t?(F[0]=x.getValueAtTime((x.keyframes[0].t+.01)/B,0),F[1]=P.getValueAtTime((P.keyframes[0].t+.01)/B,0),A[0]=x.getValueAtTime(x.keyframes[0].t/B,0),A[1]=P.getValueAtTime(P.keyframes[0].t/B,0)):x._caching.lastFrame+x.offsetTime>=x.keyframes[x.keyframes.length-1].t?(F[0]=x.getValueAtTime(x.keyframes[x.keyframes.length-1].t/B,0),F[1]=P.getValueAtTime(P.keyframes[P.keyframes.length-1].t/B,0),A[0]=x.getValueAtTime((x.keyframes[x.keyframes.length-1].t-.01)/B,0),A[1]=P.getValueAtTime((P.keyframes[P.keyframes.length-1].t-.01)/B,0)):(F=[x.pv,P.pv],A[0]=x.getValueAtTime((x._caching.lastFrame+x.offsetTime-.01)/B,x.offsetTime),A[1]=P.getValueAtTime((P._caching.lastFrame+P.offsetTime-.01)/B,P.offsetTime))}else A=t,F=A;this.v.rotate(-Math.atan2(F[1]-A[1],F[0]-A[0]))}this.data.p&&this.data.p.s?this.data.p.z?this.v.translate(this.px.v,this.py.v,-this.pz.v):this.v.translate(this.px.v,this.py.v,0):this.v.translate(this.p.v[0],this.p.v[1],-this.p.v[2])}this.frameId=this.elem.globalData.frameId}}function i(){if(!this.a.k)this.pre.translate(-this.a.v[0],-this.a.v[1],this.a.v[2]),this.appliedTransformations=1;else return;if(!this.s.effectsSequence.length)this.pre.scale(this.s.v[0],this.s.v[1],this.s.v[2]),this.appliedTransformations=2;else return;if(this.sk)if(!this.sk.effectsSequence.length&&!this.sa.effectsSequence.length)this.pre.skewFromAxis(-this.sk.v,this.sa.v),this.appliedTransformations=3;else return;this.r?this.r.effectsSequence.length||(this.pre.rotate(-this.r.v),this.appliedTransformations=4):!this.rz.effectsSequence.length&&!this.ry.effectsSequence.length&&!this.rx.effectsSequence.length&&!this.or.effectsSequence.length&&(this.pre.rotateZ(-this.rz.v).rotateY(this.ry.v).rotateX(this.rx.v).rotateZ(-this.or.v[2]).rotateY(this.or.v[1]).rotateX(this.or.v[0]),this.appliedTransformations=4)}function a(){}function r(v){this._addDynamicProperty(v),this.elem.addDynamicProperty(v),this._isDirty=!0}function f(v,B,F){if(this.elem=v,this.frameId=-1,this.propType="transform",this.data=B,this.v=new C,this.pre=new C,this.appliedTransformations=0,this.initDynamicPropertyContainer(F||v),B.p&&B.p.s?(this.px=$.getProp(v,B.p.x,0,0,this),this.py=$.getProp(v,B.p.y,0,0,this),B.p.z&&(this.pz=$.getProp(v,B.p.z,0,0,this))):this.p=$.getProp(v,B.p||{k:[0,0,0]},1,0,this),B.rx){if(this.rx=$.getProp(v,B.rx,0,Bt,this),this.ry=$.getProp(v,B.ry,0,Bt,this),this.rz=$.getProp(v,B.rz,0,Bt,this),B.or.k[0].ti){var A,x=B.or.k.length;for(A=0;A<x;A+=1)B.or.k[A].to=null,B.or.k[A].ti=null}this.or=$.getProp(v,B.or,1,Bt,this),this.or.sh=!0}else this.r=$.getProp(v,B.r||{k:0},0,Bt,this);B.sk&&(this.sk=$.getProp(v,B.sk,0,Bt,this),this.sa=$.getProp(v,B.sa,0,Bt,this)),this.a=$.getProp(v,B.a||{k:[0,0,0]},1,0,this),this.s=$.getProp(v,B.s||{k:[100,100,100]},1,.01,this),B.o?this.o=$.getProp(v,B.o,0,.01,v):this.o={_mdf:!1,v:1},this._isDirty=!0,this.dynamicProperties.length||this.getValue(!0)}f.prototype={applyToMatrix:e,getValue:n,precalculateMatrix:i,autoOrient:a},O([T],f),f.prototype.addDynamicProperty=r,f.prototype._addDynamicProperty=T.prototype.addDynamicProperty;function M(v,B,F){return new f(v,B,F)}return{getTransformProperty:M}})();function gt(){this.c=!1,this._length=0,this._maxLength=8,this.v=b(this._maxLength),this.o=b(this._maxLength),this.i=b(this._maxLength)}gt.prototype.setPathData=function(t,e){this.c=t,this.setLength(e);for(var n=0;n<e;)this.v[n]=We.newElement(),this.o[n]=We.newElement(),this.i[n]=We.newElement(),n+=1},gt.prototype.setLength=function(t){for(;this._maxLength<t;)this.doubleArrayLength();this._length=t},gt.prototype.doubleArrayLength=function(){this.v=this.v.concat(b(this._maxLength)),this.i=this.i.concat(b(this._maxLength)),this.o=this.o.concat(b(this._maxLength)),this._maxLength*=2},gt.prototype.setXYAt=function(t,e,n,i,a){var r;switch(this._length=Math.max(this._length,i+1),this._length>=this._maxLength&&this.doubleArrayLength(),n){case"v":r=this.v;break;case"i":r=this.i;break;case"o":r=this.o;break;default:r=[];break}(!r[i]||r[i]&&!a)&&(r[i]=We.newElement()),r[i][0]=t,r[i][1]=e},gt.prototype.setTripleAt=function(t,e,n,i,a,r,f,M){this.setXYAt(t,e,"v",f,M),this.setXYAt(n,i,"o",f,M),this.setXYAt(a,r,"i",f,M)},gt.prototype.reverse=function(){var t=new gt;t.setPathData(this.c,this._length);var e=this.v,n=this.o,i=this.i,a=0;this.c&&(t.setTripleAt(e[0][0],e[0][1],i[0][0],i[0][1],n[0][0],n[0][1],0,!1),a=1);var r=this._length-1,f=this._length,M;for(M=a;M<f;M+=1)t.setTripleAt(e[r][0],e[r][1],i[r][0],i[r][1],n[r][0],n[r][1],M,!1),r-=1;return t};var Ct=(function(){var t=-999999;function e(c,l,o){var s=o.lastIndex,h,g,u,k,G,rt,at,nt,H,J=this.keyframes;if(c<J[0].t-this.offsetTime)h=J[0].s[0],u=!0,s=0;else if(c>=J[J.length-1].t-this.offsetTime)h=J[J.length-1].s?J[J.length-1].s[0]:J[J.length-2].e[0],u=!0;else{for(var j=s,w=J.length-1,d=!0,y,q,X;d&&(y=J[j],q=J[j+1],!(q.t-this.offsetTime>c));)j<w-1?j+=1:d=!1;if(X=this.keyframesMetadata[j]||{},u=y.h===1,s=j,!u){if(c>=q.t-this.offsetTime)nt=1;else if(c<y.t-this.offsetTime)nt=0;else{var W;X.__fnct?W=X.__fnct:(W=V.getBezierEasing(y.o.x,y.o.y,y.i.x,y.i.y).get,X.__fnct=W),nt=W((c-(y.t-this.offsetTime))/(q.t-this.offsetTime-(y.t-this.offsetTime)))}g=q.s?q.s[0]:y.e[0]}h=y.s[0]}for(rt=l._length,at=h.i[0].length,o.lastIndex=s,k=0;k<rt;k+=1)for(G=0;G<at;G+=1)H=u?h.i[k][G]:h.i[k][G]+(g.i[k][G]-h.i[k][G])*nt,l.i[k][G]=H,H=u?h.o[k][G]:h.o[k][G]+(g.o[k][G]-h.o[k][G])*nt,l.o[k][G]=H,H=u?h.v[k][G]:h.v[k][G]+(g.v[k][G]-h.v[k][G])*nt,l.v[k][G]=H}function n(){var c=this.comp.renderedFrame-this.offsetTime,l=this.keyframes[0].t-this.offsetTime,o=this.keyframes[this.keyframes.length-1].t-this.offsetTime,s=this._caching.lastFrame;return s!==t&&(s<l&&c<l||s>o&&c>o)||(this._caching.lastIndex=s<c?this._caching.lastIndex:0,this.interpolateShape(c,this.pv,this._caching)),this._caching.lastFrame=c,this.pv}function i(){this.paths=this.localShapeCollection}function a(c,l){if(c._length!==l._length||c.c!==l.c)return!1;var o,s=c._length;for(o=0;o<s;o+=1)if(c.v[o][0]!==l.v[o][0]||c.v[o][1]!==l.v[o][1]||c.o[o][0]!==l.o[o][0]||c.o[o][1]!==l.o[o][1]||c.i[o][0]!==l.i[o][0]||c.i[o][1]!==l.i[o][1])return!1;return!0}function r(c){a(this.v,c)||(this.v=he.clone(c),this.localShapeCollection.releaseShapes(),this.localShapeCollection.addShape(this.v),this._mdf=!0,this.paths=this.localShapeCollection)}function f(){if(this.elem.globalData.frameId!==this.frameId){if(!this.effectsSequence.length){this._mdf=!1;return}if(this.lock){this.setVValue(this.pv);return}this.lock=!0,this._mdf=!1;var c;this.kf?c=this.pv:this.data.ks?c=this.data.ks.k:c=this.data.pt.k;var l,o=this.effectsSequence.length;for(l=0;l<o;l+=1)c=this.effectsSequence[l](c);this.setVValue(c),this.lock=!1,this.frameId=this.elem.globalData.frameId}}function M(c,l,o){this.propType="shape",this.comp=c.comp,this.container=c,this.elem=c,this.data=l,this.k=!1,this.kf=!1,this._mdf=!1;var s=o===3?l.pt.k:l.ks.k;this.v=he.clone(s),this.pv=he.clone(this.v),this.localShapeCollection=tn.newShapeCollection(),this.paths=this.localShapeCollection,this.paths.addShape(this.v),this.reset=i,this.effectsSequence=[]}function v(c){this.effectsSequence.push(c),this.container.addDynamicProperty(this)}M.prototype.interpolateShape=e,M.prototype.getValue=f,M.prototype.setVValue=r,M.prototype.addEffect=v;function B(c,l,o){this.propType="shape",this.comp=c.comp,this.elem=c,this.container=c,this.offsetTime=c.data.st,this.keyframes=o===3?l.pt.k:l.ks.k,this.keyframesMetadata=[],this.k=!0,this.kf=!0;var s=this.keyframes[0].s[0].i.length;this.v=he.newElement(),this.v.setPathData(this.keyframes[0].s[0].c,s),this.pv=he.clone(this.v),this.localShapeCollection=tn.newShapeCollection(),this.paths=this.localShapeCollection,this.paths.addShape(this.v),this.lastFrame=t,this.reset=i,this._caching={lastFrame:t,lastIndex:0},this.effectsSequence=[n.bind(this)]}B.prototype.getValue=f,B.prototype.interpolateShape=e,B.prototype.setVValue=r,B.prototype.addEffect=v;var F=(function(){var c=ve;function l(o,s){this.v=he.newElement(),this.v.setPathData(!0,4),this.localShapeCollection=tn.newShapeCollection(),this.paths=this.localShapeCollection,this.localShapeCollection.addShape(this.v),this.d=s.d,this.elem=o,this.comp=o.comp,this.frameId=-1,this.initDynamicPropertyContainer(o),this.p=$.getProp(o,s.p,1,0,this),this.s=$.getProp(o,s.s,1,0,this),this.dynamicProperties.length?this.k=!0:(this.k=!1,this.convertEllToPath())}return l.prototype={reset:i,getValue:function(){this.elem.globalData.frameId!==this.frameId&&(this.frameId=this.elem.globalData.frameId,this.iterateDynamicProperties(),this._mdf&&this.convertEllToPath())},convertEllToPath:function(){var o=this.p.v[0],s=this.p.v[1],h=this.s.v[0]/2,g=this.s.v[1]/2,u=this.d!==3,k=this.v;k.v[0][0]=o,k.v[0][1]=s-g,k.v[1][0]=u?o+h:o-h,k.v[1][1]=s,k.v[2][0]=o,k.v[2][1]=s+g,k.v[3][0]=u?o-h:o+h,k.v[3][1]=s,k.i[0][0]=u?o-h*c:o+h*c,k.i[0][1]=s-g,k.i[1][0]=u?o+h:o-h,k.i[1][1]=s-g*c,k.i[2][0]=u?o+h*c:o-h*c,k.i[2][1]=s+g,k.i[3][0]=u?o-h:o+h,k.i[3][1]=s+g*c,k.o[0][0]=u?o+h*c:o-h*c,k.o[0][1]=s-g,k.o[1][0]=u?o+h:o-h,k.o[1][1]=s+g*c,k.o[2][0]=u?o-h*c:o+h*c,k.o[2][1]=s+g,k.o[3][0]=u?o-h:o+h,k.o[3][1]=s-g*c}},O([T],l),l})(),A=(function(){function c(l,o){this.v=he.newElement(),this.v.setPathData(!0,0),this.elem=l,this.comp=l.comp,this.data=o,this.frameId=-1,this.d=o.d,this.initDynamicPropertyContainer(l),o.sy===1?(this.ir=$.getProp(l,o.ir,0,0,this),this.is=$.getProp(l,o.is,0,.01,this),this.convertToPath=this.convertStarToPath):this.convertToPath=this.convertPolygonToPath,this.pt=$.getProp(l,o.pt,0,0,this),this.p=$.getProp(l,o.p,1,0,this),this.r=$.getProp(l,o.r,0,Bt,this),this.or=$.getProp(l,o.or,0,0,this),this.os=$.getProp(l,o.os,0,.01,this),this.localShapeCollection=tn.newShapeCollection(),this.localShapeCollection.addShape(this.v),this.paths=this.localShapeCollection,this.dynamicProperties.length?this.k=!0:(this.k=!1,this.convertToPath())}return c.prototype={reset:i,getValue:function(){this.elem.globalData.frameId!==this.frameId&&(this.frameId=this.elem.globalData.frameId,this.iterateDynamicProperties(),this._mdf&&this.convertToPath())},convertStarToPath:function(){var l=Math.floor(this.pt.v)*2,o=Math.PI*2/l,s=!0,h=this.or.v,g=this.ir.v,u=this.os.v,k=this.is.v,G=2*Math.PI*h/(l*2),rt=2*Math.PI*g/(l*2),at,nt,H,J,j=-Math.PI/2;j+=this.r.v;var w=this.data.d===3?-1:1;for(this.v._length=0,at=0;at<l;at+=1){nt=s?h:g,H=s?u:k,J=s?G:rt;var d=nt*Math.cos(j),y=nt*Math.sin(j),q=d===0&&y===0?0:y/Math.sqrt(d*d+y*y),X=d===0&&y===0?0:-d/Math.sqrt(d*d+y*y);d+=+this.p.v[0],y+=+this.p.v[1],this.v.setTripleAt(d,y,d-q*J*H*w,y-X*J*H*w,d+q*J*H*w,y+X*J*H*w,at,!0),s=!s,j+=o*w}},convertPolygonToPath:function(){var l=Math.floor(this.pt.v),o=Math.PI*2/l,s=this.or.v,h=this.os.v,g=2*Math.PI*s/(l*4),u,k=-Math.PI*.5,G=this.data.d===3?-1:1;for(k+=this.r.v,this.v._length=0,u=0;u<l;u+=1){var rt=s*Math.cos(k),at=s*Math.sin(k),nt=rt===0&&at===0?0:at/Math.sqrt(rt*rt+at*at),H=rt===0&&at===0?0:-rt/Math.sqrt(rt*rt+at*at);rt+=+this.p.v[0],at+=+this.p.v[1],this.v.setTripleAt(rt,at,rt-nt*g*h*G,at-H*g*h*G,rt+nt*g*h*G,at+H*g*h*G,u,!0),k+=o*G}this.paths.length=0,this.paths[0]=this.v}},O([T],c),c})(),x=(function(){function c(l,o){this.v=he.newElement(),this.v.c=!0,this.localShapeCollection=tn.newShapeCollection(),this.localShapeCollection.addShape(this.v),this.paths=this.localShapeCollection,this.elem=l,this.comp=l.comp,this.frameId=-1,this.d=o.d,this.initDynamicPropertyContainer(l),this.p=$.getProp(l,o.p,1,0,this),this.s=$.getProp(l,o.s,1,0,this),this.r=$.getProp(l,o.r,0,0,this),this.dynamicProperties.length?this.k=!0:(this.k=!1,this.convertRectToPath())}return c.prototype={convertRectToPath:function(){var l=this.p.v[0],o=this.p.v[1],s=this.s.v[0]/2,h=this.s.v[1]/2,g=Jt(s,h,this.r.v),u=g*(1-ve);this.v._length=0,this.d===2||this.d===1?(this.v.setTripleAt(l+s,o-h+g,l+s,o-h+g,l+s,o-h+u,0,!0),this.v.setTripleAt(l+s,o+h-g,l+s,o+h-u,l+s,o+h-g,1,!0),g!==0?(this.v.setTripleAt(l+s-g,o+h,l+s-g,o+h,l+s-u,o+h,2,!0),this.v.setTripleAt(l-s+g,o+h,l-s+u,o+h,l-s+g,o+h,3,!0),this.v.setTripleAt(l-s,o+h-g,l-s,o+h-g,l-s,o+h-u,4,!0),this.v.setTripleAt(l-s,o-h+g,l-s,o-h+u,l-s,o-h+g,5,!0),this.v.setTripleAt(l-s+g,o-h,l-s+g,o-h,l-s+u,o-h,6,!0),this.v.setTripleAt(l+s-g,o-h,l+s-u,o-h,l+s-g,o-h,7,!0)):(this.v.setTripleAt(l-s,o+h,l-s+u,o+h,l-s,o+h,2),this.v.setTripleAt(l-s,o-h,l-s,o-h+u,l-s,o-h,3))):(this.v.setTripleAt(l+s,o-h+g,l+s,o-h+u,l+s,o-h+g,0,!0),g!==0?(this.v.setTripleAt(l+s-g,o-h,l+s-g,o-h,l+s-u,o-h,1,!0),this.v.setTripleAt(l-s+g,o-h,l-s+u,o-h,l-s+g,o-h,2,!0),this.v.setTripleAt(l-s,o-h+g,l-s,o-h+g,l-s,o-h+u,3,!0),this.v.setTripleAt(l-s,o+h-g,l-s,o+h-u,l-s,o+h-g,4,!0),this.v.setTripleAt(l-s+g,o+h,l-s+g,o+h,l-s+u,o+h,5,!0),this.v.setTripleAt(l+s-g,o+h,l+s-u,o+h,l+s-g,o+h,6,!0),this.v.setTripleAt(l+s,o+h-g,l+s,o+h-g,l+s,o+h-u,7,!0)):(this.v.setTripleAt(l-s,o-h,l-s+u,o-h,l-s,o-h,1,!0),this.v.setTripleAt(l-s,o+h,l-s,o+h-u,l-s,o+h,2,!0),this.v.setTripleAt(l+s,o+h,l+s-u,o+h,l+s,o+h,3,!0)))},getValue:function(){this.elem.globalData.frameId!==this.frameId&&(this.frameId=this.elem.globalData.frameId,this.iterateDynamicProperties(),this._mdf&&this.convertRectToPath())},reset:i},O([T],c),c})();function P(c,l,o){var s;if(o===3||o===4){var h=o===3?l.pt:l.ks,g=h.k;g.length?s=new B(c,l,o):s=new M(c,l,o)}else o===5?s=new x(c,l):o===6?s=new F(c,l):o===7&&(s=new A(c,l));return s.k&&c.addDynamicProperty(s),s}function R(){return M}function I(){return B}var L={};return L.getShapeProp=P,L.getConstructorFunction=R,L.getKeyframedConstructorFunction=I,L})(),Gt=(function(){var t={},e={};t.registerModifier=n,t.getModifier=i;function n(a,r){e[a]||(e[a]=r)}function i(a,r,f){return new e[a](r,f)}return t})();function Ft(){}Ft.prototype.initModifierProperties=function(){},Ft.prototype.addShapeToModifier=function(){},Ft.prototype.addShape=function(t){if(!this.closed){t.sh.container.addDynamicProperty(t.sh);var e={shape:t.sh,data:t,localShapeCollection:tn.newShapeCollection()};this.shapes.push(e),this.addShapeToModifier(e),this._isAnimated&&t.setAsAnimated()}},Ft.prototype.init=function(t,e){this.shapes=[],this.elem=t,this.initDynamicPropertyContainer(t),this.initModifierProperties(t,e),this.frameId=ct,this.closed=!1,this.k=!1,this.dynamicProperties.length?this.k=!0:this.getValue(!0)},Ft.prototype.processKeys=function(){this.elem.globalData.frameId!==this.frameId&&(this.frameId=this.elem.globalData.frameId,this.iterateDynamicProperties())},O([T],Ft);function yt(){}O([Ft],yt),yt.prototype.initModifierProperties=function(t,e){this.s=$.getProp(t,e.s,0,.01,this),this.e=$.getProp(t,e.e,0,.01,this),this.o=$.getProp(t,e.o,0,0,this),this.sValue=0,this.eValue=0,this.getValue=this.processKeys,this.m=e.m,this._isAnimated=!!this.s.effectsSequence.length||!!this.e.effectsSequence.length||!!this.o.effectsSequence.length},yt.prototype.addShapeToModifier=function(t){t.pathsData=[]},yt.prototype.calculateShapeEdges=function(t,e,n,i,a){var r=[];e<=1?r.push({s:t,e}):t>=1?r.push({s:t-1,e:e-1}):(r.push({s:t,e:1}),r.push({s:0,e:e-1}));var f=[],M,v=r.length,B;for(M=0;M<v;M+=1)if(B=r[M],!(B.e*a<i||B.s*a>i+n)){var F,A;B.s*a<=i?F=0:F=(B.s*a-i)/n,B.e*a>=i+n?A=1:A=(B.e*a-i)/n,f.push([F,A])}return f.length||f.push([0,0]),f},yt.prototype.releasePathsData=function(t){var e,n=t.length;for(e=0;e<n;e+=1)Un.release(t[e]);return t.length=0,t},yt.prototype.processShapes=function(t){var e,n;if(this._mdf||t){var i=this.o.v%360/360;if(i<0&&(i+=1),this.s.v>1?e=1+i:this.s.v<0?e=0+i:e=this.s.v+i,this.e.v>1?n=1+i:this.e.v<0?n=0+i:n=this.e.v+i,e>n){var a=e;e=n,n=a}e=Math.round(e*1e4)*1e-4,n=Math.round(n*1e4)*1e-4,this.sValue=e,this.eValue=n}else e=this.sValue,n=this.eValue;var r,f,M=this.shapes.length,v,B,F,A,x,P=0;if(n===e)for(f=0;f<M;f+=1)this.shapes[f].localShapeCollection.releaseShapes(),this.shapes[f].shape._mdf=!0,this.shapes[f].shape.paths=this.shapes[f].localShapeCollection,this._mdf&&(this.shapes[f].pathsData.length=0);else if(n===1&&e===0||n===0&&e===1){if(this._mdf)for(f=0;f<M;f+=1)this.shapes[f].pathsData.length=0,this.shapes[f].shape._mdf=!0}else{var R=[],I,L;for(f=0;f<M;f+=1)if(I=this.shapes[f],!I.shape._mdf&&!this._mdf&&!t&&this.m!==2)I.shape.paths=I.localShapeCollection;else{if(r=I.shape.paths,B=r._length,x=0,!I.shape._mdf&&I.pathsData.length)x=I.totalShapeLength;else{for(F=this.releasePathsData(I.pathsData),v=0;v<B;v+=1)A=dt.getSegmentsLength(r.shapes[v]),F.push(A),x+=A.totalLength;I.totalShapeLength=x,I.pathsData=F}P+=x,I.shape._mdf=!0}var c=e,l=n,o=0,s;for(f=M-1;f>=0;f-=1)if(I=this.shapes[f],I.shape._mdf){for(L=I.localShapeCollection,L.releaseShapes(),this.m===2&&M>1?(s=this.calculateShapeEdges(e,n,I.totalShapeLength,o,P),o+=I.totalShapeLength):s=[[c,l]],B=s.length,v=0;v<B;v+=1){c=s[v][0],l=s[v][1],R.length=0,l<=1?R.push({s:I.totalShapeLength*c,e:I.totalShapeLength*l}):c>=1?R.push({s:I.totalShapeLength*(c-1),e:I.totalShapeLength*(l-1)}):(R.push({s:I.totalShapeLength*c,e:I.totalShapeLength}),R.push({s:0,e:I.totalShapeLength*(l-1)}));var h=this.addShapes(I,R[0]);if(R[0].s!==R[0].e){if(R.length>1){var g=I.shape.paths.shapes[I.shape.paths._length-1];if(g.c){var u=h.pop();this.addPaths(h,L),h=this.addShapes(I,R[1],u)}else this.addPaths(h,L),h=this.addShapes(I,R[1])}this.addPaths(h,L)}}I.shape.paths=L}}},yt.prototype.addPaths=function(t,e){var n,i=t.length;for(n=0;n<i;n+=1)e.addShape(t[n])},yt.prototype.addSegment=function(t,e,n,i,a,r,f){a.setXYAt(e[0],e[1],"o",r),a.setXYAt(n[0],n[1],"i",r+1),f&&a.setXYAt(t[0],t[1],"v",r),a.setXYAt(i[0],i[1],"v",r+1)},yt.prototype.addSegmentFromArray=function(t,e,n,i){e.setXYAt(t[1],t[5],"o",n),e.setXYAt(t[2],t[6],"i",n+1),i&&e.setXYAt(t[0],t[4],"v",n),e.setXYAt(t[3],t[7],"v",n+1)},yt.prototype.addShapes=function(t,e,n){var i=t.pathsData,a=t.shape.paths.shapes,r,f=t.shape.paths._length,M,v,B=0,F,A,x,P,R=[],I,L=!0;for(n?(A=n._length,I=n._length):(n=he.newElement(),A=0,I=0),R.push(n),r=0;r<f;r+=1){for(x=i[r].lengths,n.c=a[r].c,v=a[r].c?x.length:x.length+1,M=1;M<v;M+=1)if(F=x[M-1],B+F.addedLength<e.s)B+=F.addedLength,n.c=!1;else if(B>e.e){n.c=!1;break}else e.s<=B&&e.e>=B+F.addedLength?(this.addSegment(a[r].v[M-1],a[r].o[M-1],a[r].i[M],a[r].v[M],n,A,L),L=!1):(P=dt.getNewSegment(a[r].v[M-1],a[r].v[M],a[r].o[M-1],a[r].i[M],(e.s-B)/F.addedLength,(e.e-B)/F.addedLength,x[M-1]),this.addSegmentFromArray(P,n,A,L),L=!1,n.c=!1),B+=F.addedLength,A+=1;if(a[r].c&&x.length){if(F=x[M-1],B<=e.e){var c=x[M-1].addedLength;e.s<=B&&e.e>=B+c?(this.addSegment(a[r].v[M-1],a[r].o[M-1],a[r].i[0],a[r].v[0],n,A,L),L=!1):(P=dt.getNewSegment(a[r].v[M-1],a[r].v[0],a[r].o[M-1],a[r].i[0],(e.s-B)/c,(e.e-B)/c,x[M-1]),this.addSegmentFromArray(P,n,A,L),L=!1,n.c=!1)}else n.c=!1;B+=F.addedLength,A+=1}if(n._length&&(n.setXYAt(n.v[I][0],n.v[I][1],"i",I),n.setXYAt(n.v[n._length-1][0],n.v[n._length-1][1],"o",n._length-1)),B>e.e)break;r<f-1&&(n=he.newElement(),L=!0,R.push(n),A=0)}return R},Gt.registerModifier("tm",yt);function Vt(){}O([Ft],Vt),Vt.prototype.initModifierProperties=function(t,e){this.getValue=this.processKeys,this.rd=$.getProp(t,e.r,0,null,this),this._isAnimated=!!this.rd.effectsSequence.length},Vt.prototype.processPath=function(t,e){var n=he.newElement();n.c=t.c;var i,a=t._length,r,f,M,v,B,F,A=0,x,P,R,I,L,c;for(i=0;i<a;i+=1)r=t.v[i],M=t.o[i],f=t.i[i],r[0]===M[0]&&r[1]===M[1]&&r[0]===f[0]&&r[1]===f[1]?(i===0||i===a-1)&&!t.c?(n.setTripleAt(r[0],r[1],M[0],M[1],f[0],f[1],A),A+=1):(i===0?v=t.v[a-1]:v=t.v[i-1],B=Math.sqrt(Math.pow(r[0]-v[0],2)+Math.pow(r[1]-v[1],2)),F=B?Math.min(B/2,e)/B:0,L=r[0]+(v[0]-r[0])*F,x=L,c=r[1]-(r[1]-v[1])*F,P=c,R=x-(x-r[0])*ve,I=P-(P-r[1])*ve,n.setTripleAt(x,P,R,I,L,c,A),A+=1,i===a-1?v=t.v[0]:v=t.v[i+1],B=Math.sqrt(Math.pow(r[0]-v[0],2)+Math.pow(r[1]-v[1],2)),F=B?Math.min(B/2,e)/B:0,R=r[0]+(v[0]-r[0])*F,x=R,I=r[1]+(v[1]-r[1])*F,P=I,L=x-(x-r[0])*ve,c=P-(P-r[1])*ve,n.setTripleAt(x,P,R,I,L,c,A),A+=1):(n.setTripleAt(t.v[i][0],t.v[i][1],t.o[i][0],t.o[i][1],t.i[i][0],t.i[i][1],A),A+=1);return n},Vt.prototype.processShapes=function(t){var e,n,i=this.shapes.length,a,r,f=this.rd.v;if(f!==0){var M,v;for(n=0;n<i;n+=1){if(M=this.shapes[n],v=M.localShapeCollection,!(!M.shape._mdf&&!this._mdf&&!t))for(v.releaseShapes(),M.shape._mdf=!0,e=M.shape.paths.shapes,r=M.shape.paths._length,a=0;a<r;a+=1)v.addShape(this.processPath(e[a],f));M.shape.paths=M.localShapeCollection}}this.dynamicProperties.length||(this._mdf=!1)},Gt.registerModifier("rd",Vt);function Et(){}O([Ft],Et),Et.prototype.initModifierProperties=function(t,e){this.getValue=this.processKeys,this.amount=$.getProp(t,e.a,0,null,this),this._isAnimated=!!this.amount.effectsSequence.length},Et.prototype.processPath=function(t,e){var n=e/100,i=[0,0],a=t._length,r=0;for(r=0;r<a;r+=1)i[0]+=t.v[r][0],i[1]+=t.v[r][1];i[0]/=a,i[1]/=a;var f=he.newElement();f.c=t.c;var M,v,B,F,A,x;for(r=0;r<a;r+=1)M=t.v[r][0]+(i[0]-t.v[r][0])*n,v=t.v[r][1]+(i[1]-t.v[r][1])*n,B=t.o[r][0]+(i[0]-t.o[r][0])*-n,F=t.o[r][1]+(i[1]-t.o[r][1])*-n,A=t.i[r][0]+(i[0]-t.i[r][0])*-n,x=t.i[r][1]+(i[1]-t.i[r][1])*-n,f.setTripleAt(M,v,B,F,A,x,r);return f},Et.prototype.processShapes=function(t){var e,n,i=this.shapes.length,a,r,f=this.amount.v;if(f!==0){var M,v;for(n=0;n<i;n+=1){if(M=this.shapes[n],v=M.localShapeCollection,!(!M.shape._mdf&&!this._mdf&&!t))for(v.releaseShapes(),M.shape._mdf=!0,e=M.shape.paths.shapes,r=M.shape.paths._length,a=0;a<r;a+=1)v.addShape(this.processPath(e[a],f));M.shape.paths=M.localShapeCollection}}this.dynamicProperties.length||(this._mdf=!1)},Gt.registerModifier("pb",Et);function Tt(){}O([Ft],Tt),Tt.prototype.initModifierProperties=function(t,e){this.getValue=this.processKeys,this.c=$.getProp(t,e.c,0,null,this),this.o=$.getProp(t,e.o,0,null,this),this.tr=xt.getTransformProperty(t,e.tr,this),this.so=$.getProp(t,e.tr.so,0,.01,this),this.eo=$.getProp(t,e.tr.eo,0,.01,this),this.data=e,this.dynamicProperties.length||this.getValue(!0),this._isAnimated=!!this.dynamicProperties.length,this.pMatrix=new C,this.rMatrix=new C,this.sMatrix=new C,this.tMatrix=new C,this.matrix=new C},Tt.prototype.applyTransforms=function(t,e,n,i,a,r){var f=r?-1:1,M=i.s.v[0]+(1-i.s.v[0])*(1-a),v=i.s.v[1]+(1-i.s.v[1])*(1-a);t.translate(i.p.v[0]*f*a,i.p.v[1]*f*a,i.p.v[2]),e.translate(-i.a.v[0],-i.a.v[1],i.a.v[2]),e.rotate(-i.r.v*f*a),e.translate(i.a.v[0],i.a.v[1],i.a.v[2]),n.translate(-i.a.v[0],-i.a.v[1],i.a.v[2]),n.scale(r?1/M:M,r?1/v:v),n.translate(i.a.v[0],i.a.v[1],i.a.v[2])},Tt.prototype.init=function(t,e,n,i){for(this.elem=t,this.arr=e,this.pos=n,this.elemsData=i,this._currentCopies=0,this._elements=[],this._groups=[],this.frameId=-1,this.initDynamicPropertyContainer(t),this.initModifierProperties(t,e[n]);n>0;)n-=1,this._elements.unshift(e[n]);this.dynamicProperties.length?this.k=!0:this.getValue(!0)},Tt.prototype.resetElements=function(t){var e,n=t.length;for(e=0;e<n;e+=1)t[e]._processed=!1,t[e].ty==="gr"&&this.resetElements(t[e].it)},Tt.prototype.cloneElements=function(t){var e=JSON.parse(JSON.stringify(t));return this.resetElements(e),e},Tt.prototype.changeGroupRender=function(t,e){var n,i=t.length;for(n=0;n<i;n+=1)t[n]._render=e,t[n].ty==="gr"&&this.changeGroupRender(t[n].it,e)},Tt.prototype.processShapes=function(t){var e,n,i,a,r,f=!1;if(this._mdf||t){var M=Math.ceil(this.c.v);if(this._groups.length<M){for(;this._groups.length<M;){var v={it:this.cloneElements(this._elements),ty:"gr"};v.it.push({a:{a:0,ix:1,k:[0,0]},nm:"Transform",o:{a:0,ix:7,k:100},p:{a:0,ix:2,k:[0,0]},r:{a:1,ix:6,k:[{s:0,e:0,t:0},{s:0,e:0,t:1}]},s:{a:0,ix:3,k:[100,100]},sa:{a:0,ix:5,k:0},sk:{a:0,ix:4,k:0},ty:"tr"}),this.arr.splice(0,0,v),this._groups.splice(0,0,v),this._currentCopies+=1}this.elem.reloadShapes(),f=!0}r=0;var B;for(i=0;i<=this._groups.length-1;i+=1){if(B=r<M,this._groups[i]._render=B,this.changeGroupRender(this._groups[i].it,B),!B){var F=this.elemsData[i].it,A=F[F.length-1];A.transform.op.v!==0?(A.transform.op._mdf=!0,A.transform.op.v=0):A.transform.op._mdf=!1}r+=1}this._currentCopies=M;var x=this.o.v,P=x%1,R=x>0?Math.floor(x):Math.ceil(x),I=this.pMatrix.props,L=this.rMatrix.props,c=this.sMatrix.props;this.pMatrix.reset(),this.rMatrix.reset(),this.sMatrix.reset(),this.tMatrix.reset(),this.matrix.reset();var l=0;if(x>0){for(;l<R;)this.applyTransforms(this.pMatrix,this.rMatrix,this.sMatrix,this.tr,1,!1),l+=1;P&&(this.applyTransforms(this.pMatrix,this.rMatrix,this.sMatrix,this.tr,P,!1),l+=P)}else if(x<0){for(;l>R;)this.applyTransforms(this.pMatrix,this.rMatrix,this.sMatrix,this.tr,1,!0),l-=1;P&&(this.applyTransforms(this.pMatrix,this.rMatrix,this.sMatrix,this.tr,-P,!0),l-=P)}i=this.data.m===1?0:this._currentCopies-1,a=this.data.m===1?1:-1,r=this._currentCopies;for(var o,s;r;){if(e=this.elemsData[i].it,n=e[e.length-1].transform.mProps.v.props,s=n.length,e[e.length-1].transform.mProps._mdf=!0,e[e.length-1].transform.op._mdf=!0,e[e.length-1].transform.op.v=this._currentCopies===1?this.so.v:this.so.v+(this.eo.v-this.so.v)*(i/(this._currentCopies-1)),l!==0){for((i!==0&&a===1||i!==this._currentCopies-1&&a===-1)&&this.applyTransforms(this.pMatrix,this.rMatrix,this.sMatrix,this.tr,1,!1),this.matrix.transform(L[0],L[1],L[2],L[3],L[4],L[5],L[6],L[7],L[8],L[9],L[10],L[11],L[12],L[13],L[14],L[15]),this.matrix.transform(c[0],c[1],c[2],c[3],c[4],c[5],c[6],c[7],c[8],c[9],c[10],c[11],c[12],c[13],c[14],c[15]),this.matrix.transform(I[0],I[1],I[2],I[3],I[4],I[5],I[6],I[7],I[8],I[9],I[10],I[11],I[12],I[13],I[14],I[15]),o=0;o<s;o+=1)n[o]=this.matrix.props[o];this.matrix.reset()}else for(this.matrix.reset(),o=0;o<s;o+=1)n[o]=this.matrix.props[o];l+=1,r-=1,i+=a}}else for(r=this._currentCopies,i=0,a=1;r;)e=this.elemsData[i].it,n=e[e.length-1].transform.mProps.v.props,e[e.length-1].transform.mProps._mdf=!1,e[e.length-1].transform.op._mdf=!1,r-=1,i+=a;return f},Tt.prototype.addShape=function(){},Gt.registerModifier("rp",Tt);function Nt(){this._length=0,this._maxLength=4,this.shapes=b(this._maxLength)}Nt.prototype.addShape=function(t){this._length===this._maxLength&&(this.shapes=this.shapes.concat(b(this._maxLength)),this._maxLength*=2),this.shapes[this._length]=t,this._length+=1},Nt.prototype.releaseShapes=function(){var t;for(t=0;t<this._length;t+=1)he.release(this.shapes[t]);this._length=0};function Ht(t,e,n,i){this.elem=t,this.frameId=-1,this.dataProps=b(e.length),this.renderer=n,this.k=!1,this.dashStr="",this.dashArray=_("float32",e.length?e.length-1:0),this.dashoffset=_("float32",1),this.initDynamicPropertyContainer(i);var a,r=e.length||0,f;for(a=0;a<r;a+=1)f=$.getProp(t,e[a].v,0,0,this),this.k=f.k||this.k,this.dataProps[a]={n:e[a].n,p:f};this.k||this.getValue(!0),this._isAnimated=this.k}Ht.prototype.getValue=function(t){if(!(this.elem.globalData.frameId===this.frameId&&!t)&&(this.frameId=this.elem.globalData.frameId,this.iterateDynamicProperties(),this._mdf=this._mdf||t,this._mdf)){var e=0,n=this.dataProps.length;for(this.renderer==="svg"&&(this.dashStr=""),e=0;e<n;e+=1)this.dataProps[e].n!=="o"?this.renderer==="svg"?this.dashStr+=" "+this.dataProps[e].p.v:this.dashArray[e]=this.dataProps[e].p.v:this.dashoffset[0]=this.dataProps[e].p.v}},O([T],Ht);function Ut(t,e,n){this.data=e,this.c=_("uint8c",e.p*4);var i=e.k.k[0].s?e.k.k[0].s.length-e.p*4:e.k.k.length-e.p*4;this.o=_("float32",i),this._cmdf=!1,this._omdf=!1,this._collapsable=this.checkCollapsable(),this._hasOpacity=i,this.initDynamicPropertyContainer(n),this.prop=$.getProp(t,e.k,1,null,this),this.k=this.prop.k,this.getValue(!0)}Ut.prototype.comparePoints=function(t,e){for(var n=0,i=this.o.length/2,a;n<i;){if(a=Math.abs(t[n*4]-t[e*4+n*2]),a>.01)return!1;n+=1}return!0},Ut.prototype.checkCollapsable=function(){if(this.o.length/2!==this.c.length/4)return!1;if(this.data.k.k[0].s)for(var t=0,e=this.data.k.k.length;t<e;){if(!this.comparePoints(this.data.k.k[t].s,this.data.p))return!1;t+=1}else if(!this.comparePoints(this.data.k.k,this.data.p))return!1;return!0},Ut.prototype.getValue=function(t){if(this.prop.getValue(),this._mdf=!1,this._cmdf=!1,this._omdf=!1,this.prop._mdf||t){var e,n=this.data.p*4,i,a;for(e=0;e<n;e+=1)i=e%4===0?100:255,a=Math.round(this.prop.v[e]*i),this.c[e]!==a&&(this.c[e]=a,this._cmdf=!t);if(this.o.length)for(n=this.prop.v.length,e=this.data.p*4;e<n;e+=1)i=e%2===0?100:1,a=e%2===0?Math.round(this.prop.v[e]*100):this.prop.v[e],this.o[e-this.data.p*4]!==a&&(this.o[e-this.data.p*4]=a,this._omdf=!t);this._mdf=!t}},O([T],Ut);var Ae=function(t,e,n,i){if(e===0)return"";var a=t.o,r=t.i,f=t.v,M,v=" M"+i.applyToPointStringified(f[0][0],f[0][1]);for(M=1;M<e;M+=1)v+=" C"+i.applyToPointStringified(a[M-1][0],a[M-1][1])+" "+i.applyToPointStringified(r[M][0],r[M][1])+" "+i.applyToPointStringified(f[M][0],f[M][1]);return n&&e&&(v+=" C"+i.applyToPointStringified(a[M-1][0],a[M-1][1])+" "+i.applyToPointStringified(r[0][0],r[0][1])+" "+i.applyToPointStringified(f[0][0],f[0][1]),v+="z"),v},An=(function(){function t(e){this.audios=[],this.audioFactory=e,this._volume=1,this._isMuted=!1}return t.prototype={addAudio:function(e){this.audios.push(e)},pause:function(){var e,n=this.audios.length;for(e=0;e<n;e+=1)this.audios[e].pause()},resume:function(){var e,n=this.audios.length;for(e=0;e<n;e+=1)this.audios[e].resume()},setRate:function(e){var n,i=this.audios.length;for(n=0;n<i;n+=1)this.audios[n].setRate(e)},createAudio:function(e){return this.audioFactory?this.audioFactory(e):Howl?new Howl({src:[e]}):{isPlaying:!1,play:function(){this.isPlaying=!0},seek:function(){this.isPlaying=!1},playing:function(){},rate:function(){},setVolume:function(){}}},setAudioFactory:function(e){this.audioFactory=e},setVolume:function(e){this._volume=e,this._updateVolume()},mute:function(){this._isMuted=!0,this._updateVolume()},unmute:function(){this._isMuted=!1,this._updateVolume()},getVolume:function(){return this._volume},_updateVolume:function(){var e,n=this.audios.length;for(e=0;e<n;e+=1)this.audios[e].volume(this._volume*(this._isMuted?0:1))}},function(){return new t}})(),Ee=(function(){var t=(function(){var c=z("canvas");c.width=1,c.height=1;var l=c.getContext("2d");return l.fillStyle="rgba(0,0,0,0)",l.fillRect(0,0,1,1),c})();function e(){this.loadedAssets+=1,this.loadedAssets===this.totalImages&&this.loadedFootagesCount===this.totalFootages&&this.imagesLoadedCb&&this.imagesLoadedCb(null)}function n(){this.loadedFootagesCount+=1,this.loadedAssets===this.totalImages&&this.loadedFootagesCount===this.totalFootages&&this.imagesLoadedCb&&this.imagesLoadedCb(null)}function i(c,l,o){var s="";if(c.e)s=c.p;else if(l){var h=c.p;h.indexOf("images/")!==-1&&(h=h.split("/")[1]),s=l+h}else s=o,s+=c.u?c.u:"",s+=c.p;return s}function a(c){var l=0,o=setInterval(function(){var s=c.getBBox();(s.width||l>500)&&(this._imageLoaded(),clearInterval(o)),l+=1}.bind(this),50)}function r(c){var l=i(c,this.assetsPath,this.path),o=m("image");Ot?this.testImageLoaded(o):o.addEventListener("load",this._imageLoaded,!1),o.addEventListener("error",function(){s.img=t,this._imageLoaded()}.bind(this),!1),o.setAttributeNS("http://www.w3.org/1999/xlink","href",l),this._elementHelper.append?this._elementHelper.append(o):this._elementHelper.appendChild(o);var s={img:o,assetData:c};return s}function f(c){var l=i(c,this.assetsPath,this.path),o=z("img");o.crossOrigin="anonymous",o.addEventListener("load",this._imageLoaded,!1),o.addEventListener("error",function(){s.img=t,this._imageLoaded()}.bind(this),!1),o.src=l;var s={img:o,assetData:c};return s}function M(c){var l={assetData:c},o=i(c,this.assetsPath,this.path);return mt.loadData(o,function(s){l.img=s,this._footageLoaded()}.bind(this),function(){l.img={},this._footageLoaded()}.bind(this)),l}function v(c,l){this.imagesLoadedCb=l;var o,s=c.length;for(o=0;o<s;o+=1)c[o].layers||(!c[o].t||c[o].t==="seq"?(this.totalImages+=1,this.images.push(this._createImageData(c[o]))):c[o].t===3&&(this.totalFootages+=1,this.images.push(this.createFootageData(c[o]))))}function B(c){this.path=c||""}function F(c){this.assetsPath=c||""}function A(c){for(var l=0,o=this.images.length;l<o;){if(this.images[l].assetData===c)return this.images[l].img;l+=1}return null}function x(){this.imagesLoadedCb=null,this.images.length=0}function P(){return this.totalImages===this.loadedAssets}function R(){return this.totalFootages===this.loadedFootagesCount}function I(c,l){c==="svg"?(this._elementHelper=l,this._createImageData=this.createImageData.bind(this)):this._createImageData=this.createImgData.bind(this)}function L(){this._imageLoaded=e.bind(this),this._footageLoaded=n.bind(this),this.testImageLoaded=a.bind(this),this.createFootageData=M.bind(this),this.assetsPath="",this.path="",this.totalImages=0,this.totalFootages=0,this.loadedAssets=0,this.loadedFootagesCount=0,this.imagesLoadedCb=null,this.images=[]}return L.prototype={loadAssets:v,setAssetsPath:F,setPath:B,loadedImages:P,loadedFootages:R,destroy:x,getAsset:A,createImgData:f,createImageData:r,imageLoaded:e,footageLoaded:n,setCacheType:I},L})(),Qe=(function(){var t={maskType:!0};return(/MSIE 10/i.test(navigator.userAgent)||/MSIE 9/i.test(navigator.userAgent)||/rv:11.0/i.test(navigator.userAgent)||/Edge\/\d./i.test(navigator.userAgent))&&(t.maskType=!1),t})(),Je=(function(){var t={};t.createFilter=e,t.createAlphaToLuminanceFilter=n;function e(i,a){var r=m("filter");return r.setAttribute("id",i),a!==!0&&(r.setAttribute("filterUnits","objectBoundingBox"),r.setAttribute("x","0%"),r.setAttribute("y","0%"),r.setAttribute("width","100%"),r.setAttribute("height","100%")),r}function n(){var i=m("feColorMatrix");return i.setAttribute("type","matrix"),i.setAttribute("color-interpolation-filters","sRGB"),i.setAttribute("values","0 0 0 1 0  0 0 0 1 0  0 0 0 1 0  0 0 0 1 1"),i}return t})();function ie(t,e,n){this._isFirstFrame=!0,this._hasMaskedPath=!1,this._frameId=-1,this._textData=t,this._renderType=e,this._elem=n,this._animatorsData=b(this._textData.a.length),this._pathData={},this._moreOptions={alignment:{}},this.renderedLetters=[],this.lettersChangedFlag=!1,this.initDynamicPropertyContainer(n)}ie.prototype.searchProperties=function(){var t,e=this._textData.a.length,n,i=$.getProp;for(t=0;t<e;t+=1)n=this._textData.a[t],this._animatorsData[t]=new an(this._elem,n,this);this._textData.p&&"m"in this._textData.p?(this._pathData={a:i(this._elem,this._textData.p.a,0,0,this),f:i(this._elem,this._textData.p.f,0,0,this),l:i(this._elem,this._textData.p.l,0,0,this),r:i(this._elem,this._textData.p.r,0,0,this),p:i(this._elem,this._textData.p.p,0,0,this),m:this._elem.maskManager.getMaskProperty(this._textData.p.m)},this._hasMaskedPath=!0):this._hasMaskedPath=!1,this._moreOptions.alignment=i(this._elem,this._textData.m.a,1,0,this)},ie.prototype.getMeasures=function(t,e){if(this.lettersChangedFlag=e,!(!this._mdf&&!this._isFirstFrame&&!e&&(!this._hasMaskedPath||!this._pathData.m._mdf))){this._isFirstFrame=!1;var n=this._moreOptions.alignment.v,i=this._animatorsData,a=this._textData,r=this.mHelper,f=this._renderType,M=this.renderedLetters.length,v,B,F,A,x=t.l,P,R,I,L,c,l,o,s,h,g,u,k,G,rt,at;if(this._hasMaskedPath){if(at=this._pathData.m,!this._pathData.n||this._pathData._mdf){var nt=at.v;this._pathData.r.v&&(nt=nt.reverse()),P={tLength:0,segments:[]},A=nt._length-1;var H;for(k=0,F=0;F<A;F+=1)H=dt.buildBezierData(nt.v[F],nt.v[F+1],[nt.o[F][0]-nt.v[F][0],nt.o[F][1]-nt.v[F][1]],[nt.i[F+1][0]-nt.v[F+1][0],nt.i[F+1][1]-nt.v[F+1][1]]),P.tLength+=H.segmentLength,P.segments.push(H),k+=H.segmentLength;F=A,at.v.c&&(H=dt.buildBezierData(nt.v[F],nt.v[0],[nt.o[F][0]-nt.v[F][0],nt.o[F][1]-nt.v[F][1]],[nt.i[0][0]-nt.v[0][0],nt.i[0][1]-nt.v[0][1]]),P.tLength+=H.segmentLength,P.segments.push(H),k+=H.segmentLength),this._pathData.pi=P}if(P=this._pathData.pi,R=this._pathData.f.v,o=0,l=1,L=0,c=!0,g=P.segments,R<0&&at.v.c)for(P.tLength<Math.abs(R)&&(R=-Math.abs(R)%P.tLength),o=g.length-1,h=g[o].points,l=h.length-1;R<0;)R+=h[l].partialLength,l-=1,l<0&&(o-=1,h=g[o].points,l=h.length-1);h=g[o].points,s=h[l-1],I=h[l],u=I.partialLength}A=x.length,v=0,B=0;var J=t.finalSize*1.2*.714,j=!0,w,d,y,q,X;q=i.length;var W,vt=-1,St,At,Yt,ee=R,se=o,ce=l,fe=-1,re,Kt,oe,ut,jt,Fe,De,Te,Se="",Ie=this.defaultPropsArray,ze;if(t.j===2||t.j===1){var ue=0,qe=0,Ne=t.j===2?-.5:-1,be=0,He=!0;for(F=0;F<A;F+=1)if(x[F].n){for(ue&&(ue+=qe);be<F;)x[be].animatorJustifyOffset=ue,be+=1;ue=0,He=!0}else{for(y=0;y<q;y+=1)w=i[y].a,w.t.propType&&(He&&t.j===2&&(qe+=w.t.v*Ne),d=i[y].s,W=d.getMult(x[F].anIndexes[y],a.a[y].s.totalChars),W.length?ue+=w.t.v*W[0]*Ne:ue+=w.t.v*W*Ne);He=!1}for(ue&&(ue+=qe);be<F;)x[be].animatorJustifyOffset=ue,be+=1}for(F=0;F<A;F+=1){if(r.reset(),re=1,x[F].n)v=0,B+=t.yOffset,B+=j?1:0,R=ee,j=!1,this._hasMaskedPath&&(o=se,l=ce,h=g[o].points,s=h[l-1],I=h[l],u=I.partialLength,L=0),Se="",Te="",Fe="",ze="",Ie=this.defaultPropsArray;else{if(this._hasMaskedPath){if(fe!==x[F].line){switch(t.j){case 1:R+=k-t.lineWidths[x[F].line];break;case 2:R+=(k-t.lineWidths[x[F].line])/2;break;default:break}fe=x[F].line}vt!==x[F].ind&&(x[vt]&&(R+=x[vt].extra),R+=x[F].an/2,vt=x[F].ind),R+=n[0]*x[F].an*.005;var _e=0;for(y=0;y<q;y+=1)w=i[y].a,w.p.propType&&(d=i[y].s,W=d.getMult(x[F].anIndexes[y],a.a[y].s.totalChars),W.length?_e+=w.p.v[0]*W[0]:_e+=w.p.v[0]*W),w.a.propType&&(d=i[y].s,W=d.getMult(x[F].anIndexes[y],a.a[y].s.totalChars),W.length?_e+=w.a.v[0]*W[0]:_e+=w.a.v[0]*W);for(c=!0,this._pathData.a.v&&(R=x[0].an*.5+(k-this._pathData.f.v-x[0].an*.5-x[x.length-1].an*.5)*vt/(A-1),R+=this._pathData.f.v);c;)L+u>=R+_e||!h?(G=(R+_e-L)/I.partialLength,At=s.point[0]+(I.point[0]-s.point[0])*G,Yt=s.point[1]+(I.point[1]-s.point[1])*G,r.translate(-n[0]*x[F].an*.005,-(n[1]*J)*.01),c=!1):h&&(L+=I.partialLength,l+=1,l>=h.length&&(l=0,o+=1,g[o]?h=g[o].points:at.v.c?(l=0,o=0,h=g[o].points):(L-=I.partialLength,h=null)),h&&(s=I,I=h[l],u=I.partialLength));St=x[F].an/2-x[F].add,r.translate(-St,0,0)}else St=x[F].an/2-x[F].add,r.translate(-St,0,0),r.translate(-n[0]*x[F].an*.005,-n[1]*J*.01,0);for(y=0;y<q;y+=1)w=i[y].a,w.t.propType&&(d=i[y].s,W=d.getMult(x[F].anIndexes[y],a.a[y].s.totalChars),(v!==0||t.j!==0)&&(this._hasMaskedPath?W.length?R+=w.t.v*W[0]:R+=w.t.v*W:W.length?v+=w.t.v*W[0]:v+=w.t.v*W));for(t.strokeWidthAnim&&(oe=t.sw||0),t.strokeColorAnim&&(t.sc?Kt=[t.sc[0],t.sc[1],t.sc[2]]:Kt=[0,0,0]),t.fillColorAnim&&t.fc&&(ut=[t.fc[0],t.fc[1],t.fc[2]]),y=0;y<q;y+=1)w=i[y].a,w.a.propType&&(d=i[y].s,W=d.getMult(x[F].anIndexes[y],a.a[y].s.totalChars),W.length?r.translate(-w.a.v[0]*W[0],-w.a.v[1]*W[1],w.a.v[2]*W[2]):r.translate(-w.a.v[0]*W,-w.a.v[1]*W,w.a.v[2]*W));for(y=0;y<q;y+=1)w=i[y].a,w.s.propType&&(d=i[y].s,W=d.getMult(x[F].anIndexes[y],a.a[y].s.totalChars),W.length?r.scale(1+(w.s.v[0]-1)*W[0],1+(w.s.v[1]-1)*W[1],1):r.scale(1+(w.s.v[0]-1)*W,1+(w.s.v[1]-1)*W,1));for(y=0;y<q;y+=1){if(w=i[y].a,d=i[y].s,W=d.getMult(x[F].anIndexes[y],a.a[y].s.totalChars),w.sk.propType&&(W.length?r.skewFromAxis(-w.sk.v*W[0],w.sa.v*W[1]):r.skewFromAxis(-w.sk.v*W,w.sa.v*W)),w.r.propType&&(W.length?r.rotateZ(-w.r.v*W[2]):r.rotateZ(-w.r.v*W)),w.ry.propType&&(W.length?r.rotateY(w.ry.v*W[1]):r.rotateY(w.ry.v*W)),w.rx.propType&&(W.length?r.rotateX(w.rx.v*W[0]):r.rotateX(w.rx.v*W)),w.o.propType&&(W.length?re+=(w.o.v*W[0]-re)*W[0]:re+=(w.o.v*W-re)*W),t.strokeWidthAnim&&w.sw.propType&&(W.length?oe+=w.sw.v*W[0]:oe+=w.sw.v*W),t.strokeColorAnim&&w.sc.propType)for(jt=0;jt<3;jt+=1)W.length?Kt[jt]+=(w.sc.v[jt]-Kt[jt])*W[0]:Kt[jt]+=(w.sc.v[jt]-Kt[jt])*W;if(t.fillColorAnim&&t.fc){if(w.fc.propType)for(jt=0;jt<3;jt+=1)W.length?ut[jt]+=(w.fc.v[jt]-ut[jt])*W[0]:ut[jt]+=(w.fc.v[jt]-ut[jt])*W;w.fh.propType&&(W.length?ut=Wt(ut,w.fh.v*W[0]):ut=Wt(ut,w.fh.v*W)),w.fs.propType&&(W.length?ut=lt(ut,w.fs.v*W[0]):ut=lt(ut,w.fs.v*W)),w.fb.propType&&(W.length?ut=ft(ut,w.fb.v*W[0]):ut=ft(ut,w.fb.v*W))}}for(y=0;y<q;y+=1)w=i[y].a,w.p.propType&&(d=i[y].s,W=d.getMult(x[F].anIndexes[y],a.a[y].s.totalChars),this._hasMaskedPath?W.length?r.translate(0,w.p.v[1]*W[0],-w.p.v[2]*W[1]):r.translate(0,w.p.v[1]*W,-w.p.v[2]*W):W.length?r.translate(w.p.v[0]*W[0],w.p.v[1]*W[1],-w.p.v[2]*W[2]):r.translate(w.p.v[0]*W,w.p.v[1]*W,-w.p.v[2]*W));if(t.strokeWidthAnim&&(Fe=oe<0?0:oe),t.strokeColorAnim&&(De="rgb("+Math.round(Kt[0]*255)+","+Math.round(Kt[1]*255)+","+Math.round(Kt[2]*255)+")"),t.fillColorAnim&&t.fc&&(Te="rgb("+Math.round(ut[0]*255)+","+Math.round(ut[1]*255)+","+Math.round(ut[2]*255)+")"),this._hasMaskedPath){if(r.translate(0,-t.ls),r.translate(0,n[1]*J*.01+B,0),this._pathData.p.v){rt=(I.point[1]-s.point[1])/(I.point[0]-s.point[0]);var Ye=Math.atan(rt)*180/Math.PI;I.point[0]<s.point[0]&&(Ye+=180),r.rotate(-Ye*Math.PI/180)}r.translate(At,Yt,0),R-=n[0]*x[F].an*.005,x[F+1]&&vt!==x[F+1].ind&&(R+=x[F].an/2,R+=t.tr*.001*t.finalSize)}else{switch(r.translate(v,B,0),t.ps&&r.translate(t.ps[0],t.ps[1]+t.ascent,0),t.j){case 1:r.translate(x[F].animatorJustifyOffset+t.justifyOffset+(t.boxWidth-t.lineWidths[x[F].line]),0,0);break;case 2:r.translate(x[F].animatorJustifyOffset+t.justifyOffset+(t.boxWidth-t.lineWidths[x[F].line])/2,0,0);break;default:break}r.translate(0,-t.ls),r.translate(St,0,0),r.translate(n[0]*x[F].an*.005,n[1]*J*.01,0),v+=x[F].l+t.tr*.001*t.finalSize}f==="html"?Se=r.toCSS():f==="svg"?Se=r.to2dCSS():Ie=[r.props[0],r.props[1],r.props[2],r.props[3],r.props[4],r.props[5],r.props[6],r.props[7],r.props[8],r.props[9],r.props[10],r.props[11],r.props[12],r.props[13],r.props[14],r.props[15]],ze=re}M<=F?(X=new we(ze,Fe,De,Te,Se,Ie),this.renderedLetters.push(X),M+=1,this.lettersChangedFlag=!0):(X=this.renderedLetters[F],this.lettersChangedFlag=X.update(ze,Fe,De,Te,Se,Ie)||this.lettersChangedFlag)}}},ie.prototype.getValue=function(){this._elem.globalData.frameId!==this._frameId&&(this._frameId=this._elem.globalData.frameId,this.iterateDynamicProperties())},ie.prototype.mHelper=new C,ie.prototype.defaultPropsArray=[],O([T],ie);function an(t,e,n){var i={propType:!1},a=$.getProp,r=e.a;this.a={r:r.r?a(t,r.r,0,Bt,n):i,rx:r.rx?a(t,r.rx,0,Bt,n):i,ry:r.ry?a(t,r.ry,0,Bt,n):i,sk:r.sk?a(t,r.sk,0,Bt,n):i,sa:r.sa?a(t,r.sa,0,Bt,n):i,s:r.s?a(t,r.s,1,.01,n):i,a:r.a?a(t,r.a,1,0,n):i,o:r.o?a(t,r.o,0,.01,n):i,p:r.p?a(t,r.p,1,0,n):i,sw:r.sw?a(t,r.sw,0,0,n):i,sc:r.sc?a(t,r.sc,1,0,n):i,fc:r.fc?a(t,r.fc,1,0,n):i,fh:r.fh?a(t,r.fh,0,0,n):i,fs:r.fs?a(t,r.fs,0,.01,n):i,fb:r.fb?a(t,r.fb,0,.01,n):i,t:r.t?a(t,r.t,0,0,n):i},this.s=sn.getTextSelectorProp(t,e.s,n),this.s.t=e.s.t}function we(t,e,n,i,a,r){this.o=t,this.sw=e,this.sc=n,this.fc=i,this.m=a,this.p=r,this._mdf={o:!0,sw:!!e,sc:!!n,fc:!!i,m:!0,p:!0}}we.prototype.update=function(t,e,n,i,a,r){this._mdf.o=!1,this._mdf.sw=!1,this._mdf.sc=!1,this._mdf.fc=!1,this._mdf.m=!1,this._mdf.p=!1;var f=!1;return this.o!==t&&(this.o=t,this._mdf.o=!0,f=!0),this.sw!==e&&(this.sw=e,this._mdf.sw=!0,f=!0),this.sc!==n&&(this.sc=n,this._mdf.sc=!0,f=!0),this.fc!==i&&(this.fc=i,this._mdf.fc=!0,f=!0),this.m!==a&&(this.m=a,this._mdf.m=!0,f=!0),r.length&&(this.p[0]!==r[0]||this.p[1]!==r[1]||this.p[4]!==r[4]||this.p[5]!==r[5]||this.p[12]!==r[12]||this.p[13]!==r[13])&&(this.p=r,this._mdf.p=!0,f=!0),f};function Zt(t,e){this._frameId=ct,this.pv="",this.v="",this.kf=!1,this._isFirstFrame=!0,this._mdf=!1,this.data=e,this.elem=t,this.comp=this.elem.comp,this.keysIndex=0,this.canResize=!1,this.minimumFontSize=1,this.effectsSequence=[],this.currentData={ascent:0,boxWidth:this.defaultBoxWidth,f:"",fStyle:"",fWeight:"",fc:"",j:"",justifyOffset:"",l:[],lh:0,lineWidths:[],ls:"",of:"",s:"",sc:"",sw:0,t:0,tr:0,sz:0,ps:null,fillColorAnim:!1,strokeColorAnim:!1,strokeWidthAnim:!1,yOffset:0,finalSize:0,finalText:[],finalLineHeight:0,__complete:!1},this.copyData(this.currentData,this.data.d.k[0].s),this.searchProperty()||this.completeTextData(this.currentData)}Zt.prototype.defaultBoxWidth=[0,0],Zt.prototype.copyData=function(t,e){for(var n in e)Object.prototype.hasOwnProperty.call(e,n)&&(t[n]=e[n]);return t},Zt.prototype.setCurrentData=function(t){t.__complete||this.completeTextData(t),this.currentData=t,this.currentData.boxWidth=this.currentData.boxWidth||this.defaultBoxWidth,this._mdf=!0},Zt.prototype.searchProperty=function(){return this.searchKeyframes()},Zt.prototype.searchKeyframes=function(){return this.kf=this.data.d.k.length>1,this.kf&&this.addEffect(this.getKeyframeValue.bind(this)),this.kf},Zt.prototype.addEffect=function(t){this.effectsSequence.push(t),this.elem.addDynamicProperty(this)},Zt.prototype.getValue=function(t){if(!((this.elem.globalData.frameId===this.frameId||!this.effectsSequence.length)&&!t)){this.currentData.t=this.data.d.k[this.keysIndex].s.t;var e=this.currentData,n=this.keysIndex;if(this.lock){this.setCurrentData(this.currentData);return}this.lock=!0,this._mdf=!1;var i,a=this.effectsSequence.length,r=t||this.data.d.k[this.keysIndex].s;for(i=0;i<a;i+=1)n!==this.keysIndex?r=this.effectsSequence[i](r,r.t):r=this.effectsSequence[i](this.currentData,r.t);e!==r&&this.setCurrentData(r),this.v=this.currentData,this.pv=this.v,this.lock=!1,this.frameId=this.elem.globalData.frameId}},Zt.prototype.getKeyframeValue=function(){for(var t=this.data.d.k,e=this.elem.comp.renderedFrame,n=0,i=t.length;n<=i-1&&!(n===i-1||t[n+1].t>e);)n+=1;return this.keysIndex!==n&&(this.keysIndex=n),this.data.d.k[this.keysIndex].s},Zt.prototype.buildFinalText=function(t){for(var e=[],n=0,i=t.length,a,r,f=!1;n<i;)a=t.charCodeAt(n),Lt.isCombinedCharacter(a)?e[e.length-1]+=t.charAt(n):a>=55296&&a<=56319?(r=t.charCodeAt(n+1),r>=56320&&r<=57343?(f||Lt.isModifier(a,r)?(e[e.length-1]+=t.substr(n,2),f=!1):e.push(t.substr(n,2)),n+=1):e.push(t.charAt(n))):a>56319?(r=t.charCodeAt(n+1),Lt.isZeroWidthJoiner(a,r)?(f=!0,e[e.length-1]+=t.substr(n,2),n+=1):e.push(t.charAt(n))):Lt.isZeroWidthJoiner(a)?(e[e.length-1]+=t.charAt(n),f=!0):e.push(t.charAt(n)),n+=1;return e},Zt.prototype.completeTextData=function(t){t.__complete=!0;var e=this.elem.globalData.fontManager,n=this.data,i=[],a,r,f,M=0,v,B=n.m.g,F=0,A=0,x=0,P=[],R=0,I=0,L,c,l=e.getFontByName(t.f),o,s=0,h=bt(l);t.fWeight=h.weight,t.fStyle=h.style,t.finalSize=t.s,t.finalText=this.buildFinalText(t.t),r=t.finalText.length,t.finalLineHeight=t.lh;var g=t.tr/1e3*t.finalSize,u;if(t.sz)for(var k=!0,G=t.sz[0],rt=t.sz[1],at,nt;k;){nt=this.buildFinalText(t.t),at=0,R=0,r=nt.length,g=t.tr/1e3*t.finalSize;var H=-1;for(a=0;a<r;a+=1)u=nt[a].charCodeAt(0),f=!1,nt[a]===" "?H=a:(u===13||u===3)&&(R=0,f=!0,at+=t.finalLineHeight||t.finalSize*1.2),e.chars?(o=e.getCharData(nt[a],l.fStyle,l.fFamily),s=f?0:o.w*t.finalSize/100):s=e.measureText(nt[a],t.f,t.finalSize),R+s>G&&nt[a]!==" "?(H===-1?r+=1:a=H,at+=t.finalLineHeight||t.finalSize*1.2,nt.splice(a,H===a?1:0,"\r"),H=-1,R=0):(R+=s,R+=g);at+=l.ascent*t.finalSize/100,this.canResize&&t.finalSize>this.minimumFontSize&&rt<at?(t.finalSize-=1,t.finalLineHeight=t.finalSize*t.lh/t.s):(t.finalText=nt,r=t.finalText.length,k=!1)}R=-g,s=0;var J=0,j;for(a=0;a<r;a+=1)if(f=!1,j=t.finalText[a],u=j.charCodeAt(0),u===13||u===3?(J=0,P.push(R),I=R>I?R:I,R=-2*g,v="",f=!0,x+=1):v=j,e.chars?(o=e.getCharData(j,l.fStyle,e.getFontByName(t.f).fFamily),s=f?0:o.w*t.finalSize/100):s=e.measureText(v,t.f,t.finalSize),j===" "?J+=s+g:(R+=s+g+J,J=0),i.push({l:s,an:s,add:F,n:f,anIndexes:[],val:v,line:x,animatorJustifyOffset:0}),B==2){if(F+=s,v===""||v===" "||a===r-1){for((v===""||v===" ")&&(F-=s);A<=a;)i[A].an=F,i[A].ind=M,i[A].extra=s,A+=1;M+=1,F=0}}else if(B==3){if(F+=s,v===""||a===r-1){for(v===""&&(F-=s);A<=a;)i[A].an=F,i[A].ind=M,i[A].extra=s,A+=1;F=0,M+=1}}else i[M].ind=M,i[M].extra=0,M+=1;if(t.l=i,I=R>I?R:I,P.push(R),t.sz)t.boxWidth=t.sz[0],t.justifyOffset=0;else switch(t.boxWidth=I,t.j){case 1:t.justifyOffset=-t.boxWidth;break;case 2:t.justifyOffset=-t.boxWidth/2;break;default:t.justifyOffset=0}t.lineWidths=P;var w=n.a,d,y;c=w.length;var q,X,W=[];for(L=0;L<c;L+=1){for(d=w[L],d.a.sc&&(t.strokeColorAnim=!0),d.a.sw&&(t.strokeWidthAnim=!0),(d.a.fc||d.a.fh||d.a.fs||d.a.fb)&&(t.fillColorAnim=!0),X=0,q=d.s.b,a=0;a<r;a+=1)y=i[a],y.anIndexes[L]=X,(q==1&&y.val!==""||q==2&&y.val!==""&&y.val!==" "||q==3&&(y.n||y.val==" "||a==r-1)||q==4&&(y.n||a==r-1))&&(d.s.rn===1&&W.push(X),X+=1);n.a[L].s.totalChars=X;var vt=-1,St;if(d.s.rn===1)for(a=0;a<r;a+=1)y=i[a],vt!=y.anIndexes[L]&&(vt=y.anIndexes[L],St=W.splice(Math.floor(Math.random()*W.length),1)[0]),y.anIndexes[L]=St}t.yOffset=t.finalLineHeight||t.finalSize*1.2,t.ls=t.ls||0,t.ascent=l.ascent*t.finalSize/100},Zt.prototype.updateDocumentData=function(t,e){e=e===void 0?this.keysIndex:e;var n=this.copyData({},this.data.d.k[e].s);n=this.copyData(n,t),this.data.d.k[e].s=n,this.recalculate(e),this.elem.addDynamicProperty(this)},Zt.prototype.recalculate=function(t){var e=this.data.d.k[t].s;e.__complete=!1,this.keysIndex=0,this._isFirstFrame=!0,this.getValue(e)},Zt.prototype.canResizeFont=function(t){this.canResize=t,this.recalculate(this.keysIndex),this.elem.addDynamicProperty(this)},Zt.prototype.setMinimumFontSize=function(t){this.minimumFontSize=Math.floor(t)||1,this.recalculate(this.keysIndex),this.elem.addDynamicProperty(this)};var sn=(function(){var t=Math.max,e=Math.min,n=Math.floor;function i(r,f){this._currentTextLength=-1,this.k=!1,this.data=f,this.elem=r,this.comp=r.comp,this.finalS=0,this.finalE=0,this.initDynamicPropertyContainer(r),this.s=$.getProp(r,f.s||{k:0},0,0,this),"e"in f?this.e=$.getProp(r,f.e,0,0,this):this.e={v:100},this.o=$.getProp(r,f.o||{k:0},0,0,this),this.xe=$.getProp(r,f.xe||{k:0},0,0,this),this.ne=$.getProp(r,f.ne||{k:0},0,0,this),this.sm=$.getProp(r,f.sm||{k:100},0,0,this),this.a=$.getProp(r,f.a,0,.01,this),this.dynamicProperties.length||this.getValue()}i.prototype={getMult:function(r){this._currentTextLength!==this.elem.textProperty.currentData.l.length&&this.getValue();var f=0,M=0,v=1,B=1;this.ne.v>0?f=this.ne.v/100:M=-this.ne.v/100,this.xe.v>0?v=1-this.xe.v/100:B=1+this.xe.v/100;var F=V.getBezierEasing(f,M,v,B).get,A=0,x=this.finalS,P=this.finalE,R=this.data.sh;if(R===2)P===x?A=r>=P?1:0:A=t(0,e(.5/(P-x)+(r-x)/(P-x),1)),A=F(A);else if(R===3)P===x?A=r>=P?0:1:A=1-t(0,e(.5/(P-x)+(r-x)/(P-x),1)),A=F(A);else if(R===4)P===x?A=0:(A=t(0,e(.5/(P-x)+(r-x)/(P-x),1)),A<.5?A*=2:A=1-2*(A-.5)),A=F(A);else if(R===5){if(P===x)A=0;else{var I=P-x;r=e(t(0,r+.5-x),P-x);var L=-I/2+r,c=I/2;A=Math.sqrt(1-L*L/(c*c))}A=F(A)}else R===6?(P===x?A=0:(r=e(t(0,r+.5-x),P-x),A=(1+Math.cos(Math.PI+Math.PI*2*r/(P-x)))/2),A=F(A)):(r>=n(x)&&(r-x<0?A=t(0,e(e(P,1)-(x-r),1)):A=t(0,e(P-r,1))),A=F(A));if(this.sm.v!==100){var l=this.sm.v*.01;l===0&&(l=1e-8);var o=.5-l*.5;A<o?A=0:(A=(A-o)/l,A>1&&(A=1))}return A*this.a.v},getValue:function(r){this.iterateDynamicProperties(),this._mdf=r||this._mdf,this._currentTextLength=this.elem.textProperty.currentData.l.length||0,r&&this.data.r===2&&(this.e.v=this._currentTextLength);var f=this.data.r===2?1:100/this.data.totalChars,M=this.o.v/f,v=this.s.v/f+M,B=this.e.v/f+M;if(v>B){var F=v;v=B,B=F}this.finalS=v,this.finalE=B}},O([T],i);function a(r,f,M){return new i(r,f,M)}return{getTextSelectorProp:a}})(),Re=(function(){return function(t,e,n){var i=0,a=t,r=b(a),f={newElement:M,release:v};function M(){var B;return i?(i-=1,B=r[i]):B=e(),B}function v(B){i===a&&(r=Me.double(r),a*=2),n&&n(B),r[i]=B,i+=1}return f}})(),Me=(function(){function t(e){return e.concat(b(e.length))}return{double:t}})(),We=(function(){function t(){return _("float32",2)}return Re(8,t)})(),he=(function(){function t(){return new gt}function e(a){var r=a._length,f;for(f=0;f<r;f+=1)We.release(a.v[f]),We.release(a.i[f]),We.release(a.o[f]),a.v[f]=null,a.i[f]=null,a.o[f]=null;a._length=0,a.c=!1}function n(a){var r=i.newElement(),f,M=a._length===void 0?a.v.length:a._length;for(r.setLength(M),r.c=a.c,f=0;f<M;f+=1)r.setTripleAt(a.v[f][0],a.v[f][1],a.o[f][0],a.o[f][1],a.i[f][0],a.i[f][1],f);return r}var i=Re(4,t,e);return i.clone=n,i})(),tn=(function(){var t={newShapeCollection:a,release:r},e=0,n=4,i=b(n);function a(){var f;return e?(e-=1,f=i[e]):f=new Nt,f}function r(f){var M,v=f._length;for(M=0;M<v;M+=1)he.release(f.shapes[M]);f._length=0,e===n&&(i=Me.double(i),n*=2),i[e]=f,e+=1}return t})(),Un=(function(){function t(){return{lengths:[],totalLength:0}}function e(n){var i,a=n.lengths.length;for(i=0;i<a;i+=1)$n.release(n.lengths[i]);n.lengths.length=0}return Re(8,t,e)})(),$n=(function(){function t(){return{addedLength:0,percents:_("float32",le),lengths:_("float32",le)}}return Re(8,t)})(),Oi=(function(){function t(e){for(var n=e.split(`\r
`),i={},a,r=0,f=0;f<n.length;f+=1)a=n[f].split(":"),a.length===2&&(i[a[0]]=a[1].trim(),r+=1);if(r===0)throw new Error;return i}return function(e){for(var n=[],i=0;i<e.length;i+=1){var a=e[i],r={time:a.tm,duration:a.dr};try{r.payload=JSON.parse(e[i].cm)}catch{try{r.payload=t(e[i].cm)}catch{r.payload={name:e[i]}}}n.push(r)}return n}})();function pe(){}pe.prototype.checkLayers=function(t){var e,n=this.layers.length,i;for(this.completeLayers=!0,e=n-1;e>=0;e-=1)this.elements[e]||(i=this.layers[e],i.ip-i.st<=t-this.layers[e].st&&i.op-i.st>t-this.layers[e].st&&this.buildItem(e)),this.completeLayers=this.elements[e]?this.completeLayers:!1;this.checkPendingElements()},pe.prototype.createItem=function(t){switch(t.ty){case 2:return this.createImage(t);case 0:return this.createComp(t);case 1:return this.createSolid(t);case 3:return this.createNull(t);case 4:return this.createShape(t);case 5:return this.createText(t);case 6:return this.createAudio(t);case 13:return this.createCamera(t);case 15:return this.createFootage(t);default:return this.createNull(t)}},pe.prototype.createCamera=function(){throw new Error("You're using a 3d camera. Try the html renderer.")},pe.prototype.createAudio=function(t){return new de(t,this.globalData,this)},pe.prototype.createFootage=function(t){return new FootageElement(t,this.globalData,this)},pe.prototype.buildAllItems=function(){var t,e=this.layers.length;for(t=0;t<e;t+=1)this.buildItem(t);this.checkPendingElements()},pe.prototype.includeLayers=function(t){this.completeLayers=!1;var e,n=t.length,i,a=this.layers.length;for(e=0;e<n;e+=1)for(i=0;i<a;){if(this.layers[i].id===t[e].id){this.layers[i]=t[e];break}i+=1}},pe.prototype.setProjectInterface=function(t){this.globalData.projectInterface=t},pe.prototype.initItems=function(){this.globalData.progressiveLoad||this.buildAllItems()},pe.prototype.buildElementParenting=function(t,e,n){for(var i=this.elements,a=this.layers,r=0,f=a.length;r<f;)a[r].ind==e&&(!i[r]||i[r]===!0?(this.buildItem(r),this.addPendingElement(t)):(n.push(i[r]),i[r].setAsParent(),a[r].parent!==void 0?this.buildElementParenting(t,a[r].parent,n):t.setHierarchy(n))),r+=1},pe.prototype.addPendingElement=function(t){this.pendingElements.push(t)},pe.prototype.searchExtraCompositions=function(t){var e,n=t.length;for(e=0;e<n;e+=1)if(t[e].xt){var i=this.createComp(t[e]);i.initExpressions(),this.globalData.projectInterface.registerComposition(i)}},pe.prototype.setupGlobalData=function(t,e){this.globalData.fontManager=new Lt,this.globalData.fontManager.addChars(t.chars),this.globalData.fontManager.addFonts(t.fonts,e),this.globalData.getAssetData=this.animationItem.getAssetData.bind(this.animationItem),this.globalData.getAssetsPath=this.animationItem.getAssetsPath.bind(this.animationItem),this.globalData.imageLoader=this.animationItem.imagePreloader,this.globalData.audioController=this.animationItem.audioController,this.globalData.frameId=0,this.globalData.frameRate=t.fr,this.globalData.nm=t.nm,this.globalData.compSize={w:t.w,h:t.h}};function te(t,e){this.animationItem=t,this.layers=null,this.renderedFrame=-1,this.svgElement=m("svg");var n="";if(e&&e.title){var i=m("title"),a=D();i.setAttribute("id",a),i.textContent=e.title,this.svgElement.appendChild(i),n+=a}if(e&&e.description){var r=m("desc"),f=D();r.setAttribute("id",f),r.textContent=e.description,this.svgElement.appendChild(r),n+=" "+f}n&&this.svgElement.setAttribute("aria-labelledby",n);var M=m("defs");this.svgElement.appendChild(M);var v=m("g");this.svgElement.appendChild(v),this.layerElement=v,this.renderConfig={preserveAspectRatio:e&&e.preserveAspectRatio||"xMidYMid meet",imagePreserveAspectRatio:e&&e.imagePreserveAspectRatio||"xMidYMid slice",contentVisibility:e&&e.contentVisibility||"visible",progressiveLoad:e&&e.progressiveLoad||!1,hideOnTransparent:!(e&&e.hideOnTransparent===!1),viewBoxOnly:e&&e.viewBoxOnly||!1,viewBoxSize:e&&e.viewBoxSize||!1,className:e&&e.className||"",id:e&&e.id||"",focusable:e&&e.focusable,filterSize:{width:e&&e.filterSize&&e.filterSize.width||"100%",height:e&&e.filterSize&&e.filterSize.height||"100%",x:e&&e.filterSize&&e.filterSize.x||"0%",y:e&&e.filterSize&&e.filterSize.y||"0%"}},this.globalData={_mdf:!1,frameNum:-1,defs:M,renderConfig:this.renderConfig},this.elements=[],this.pendingElements=[],this.destroyed=!1,this.rendererType="svg"}O([pe],te),te.prototype.createNull=function(t){return new Oe(t,this.globalData,this)},te.prototype.createShape=function(t){return new $t(t,this.globalData,this)},te.prototype.createText=function(t){return new Xe(t,this.globalData,this)},te.prototype.createImage=function(t){return new hn(t,this.globalData,this)},te.prototype.createComp=function(t){return new ei(t,this.globalData,this)},te.prototype.createSolid=function(t){return new Sn(t,this.globalData,this)},te.prototype.configAnimation=function(t){this.svgElement.setAttribute("xmlns","http://www.w3.org/2000/svg"),this.renderConfig.viewBoxSize?this.svgElement.setAttribute("viewBox",this.renderConfig.viewBoxSize):this.svgElement.setAttribute("viewBox","0 0 "+t.w+" "+t.h),this.renderConfig.viewBoxOnly||(this.svgElement.setAttribute("width",t.w),this.svgElement.setAttribute("height",t.h),this.svgElement.style.width="100%",this.svgElement.style.height="100%",this.svgElement.style.transform="translate3d(0,0,0)",this.svgElement.style.contentVisibility=this.renderConfig.contentVisibility),this.renderConfig.className&&this.svgElement.setAttribute("class",this.renderConfig.className),this.renderConfig.id&&this.svgElement.setAttribute("id",this.renderConfig.id),this.renderConfig.focusable!==void 0&&this.svgElement.setAttribute("focusable",this.renderConfig.focusable),this.svgElement.setAttribute("preserveAspectRatio",this.renderConfig.preserveAspectRatio),this.animationItem.wrapper.appendChild(this.svgElement);var e=this.globalData.defs;this.setupGlobalData(t,e),this.globalData.progressiveLoad=this.renderConfig.progressiveLoad,this.data=t;var n=m("clipPath"),i=m("rect");i.setAttribute("width",t.w),i.setAttribute("height",t.h),i.setAttribute("x",0),i.setAttribute("y",0);var a=D();n.setAttribute("id",a),n.appendChild(i),this.layerElement.setAttribute("clip-path","url("+st+"#"+a+")"),e.appendChild(n),this.layers=t.layers,this.elements=b(t.layers.length)},te.prototype.destroy=function(){this.animationItem.wrapper&&(this.animationItem.wrapper.innerText=""),this.layerElement=null,this.globalData.defs=null;var t,e=this.layers?this.layers.length:0;for(t=0;t<e;t+=1)this.elements[t]&&this.elements[t].destroy();this.elements.length=0,this.destroyed=!0,this.animationItem=null},te.prototype.updateContainerSize=function(){},te.prototype.buildItem=function(t){var e=this.elements;if(!(e[t]||this.layers[t].ty===99)){e[t]=!0;var n=this.createItem(this.layers[t]);e[t]=n,Qt&&(this.layers[t].ty===0&&this.globalData.projectInterface.registerComposition(n),n.initExpressions()),this.appendElementInPos(n,t),this.layers[t].tt&&(!this.elements[t-1]||this.elements[t-1]===!0?(this.buildItem(t-1),this.addPendingElement(n)):n.setMatte(e[t-1].layerId))}},te.prototype.checkPendingElements=function(){for(;this.pendingElements.length;){var t=this.pendingElements.pop();if(t.checkParenting(),t.data.tt)for(var e=0,n=this.elements.length;e<n;){if(this.elements[e]===t){t.setMatte(this.elements[e-1].layerId);break}e+=1}}},te.prototype.renderFrame=function(t){if(!(this.renderedFrame===t||this.destroyed)){t===null?t=this.renderedFrame:this.renderedFrame=t,this.globalData.frameNum=t,this.globalData.frameId+=1,this.globalData.projectInterface.currentFrame=t,this.globalData._mdf=!1;var e,n=this.layers.length;for(this.completeLayers||this.checkLayers(t),e=n-1;e>=0;e-=1)(this.completeLayers||this.elements[e])&&this.elements[e].prepareFrame(t-this.layers[e].st);if(this.globalData._mdf)for(e=0;e<n;e+=1)(this.completeLayers||this.elements[e])&&this.elements[e].renderFrame()}},te.prototype.appendElementInPos=function(t,e){var n=t.getBaseElement();if(n){for(var i=0,a;i<e;)this.elements[i]&&this.elements[i]!==!0&&this.elements[i].getBaseElement()&&(a=this.elements[i].getBaseElement()),i+=1;a?this.layerElement.insertBefore(n,a):this.layerElement.appendChild(n)}},te.prototype.hide=function(){this.layerElement.style.display="none"},te.prototype.show=function(){this.layerElement.style.display="block"};function Ge(t,e,n){this.data=t,this.element=e,this.globalData=n,this.storedData=[],this.masksProperties=this.data.masksProperties||[],this.maskElement=null;var i=this.globalData.defs,a,r=this.masksProperties?this.masksProperties.length:0;this.viewData=b(r),this.solidPath="";var f,M=this.masksProperties,v=0,B=[],F,A,x=D(),P,R,I,L,c="clipPath",l="clip-path";for(a=0;a<r;a+=1)if((M[a].mode!=="a"&&M[a].mode!=="n"||M[a].inv||M[a].o.k!==100||M[a].o.x)&&(c="mask",l="mask"),(M[a].mode==="s"||M[a].mode==="i")&&v===0?(P=m("rect"),P.setAttribute("fill","#ffffff"),P.setAttribute("width",this.element.comp.data.w||0),P.setAttribute("height",this.element.comp.data.h||0),B.push(P)):P=null,f=m("path"),M[a].mode==="n")this.viewData[a]={op:$.getProp(this.element,M[a].o,0,.01,this.element),prop:Ct.getShapeProp(this.element,M[a],3),elem:f,lastPath:""},i.appendChild(f);else{v+=1,f.setAttribute("fill",M[a].mode==="s"?"#000000":"#ffffff"),f.setAttribute("clip-rule","nonzero");var o;if(M[a].x.k!==0?(c="mask",l="mask",L=$.getProp(this.element,M[a].x,0,null,this.element),o=D(),R=m("filter"),R.setAttribute("id",o),I=m("feMorphology"),I.setAttribute("operator","erode"),I.setAttribute("in","SourceGraphic"),I.setAttribute("radius","0"),R.appendChild(I),i.appendChild(R),f.setAttribute("stroke",M[a].mode==="s"?"#000000":"#ffffff")):(I=null,L=null),this.storedData[a]={elem:f,x:L,expan:I,lastPath:"",lastOperator:"",filterId:o,lastRadius:0},M[a].mode==="i"){A=B.length;var s=m("g");for(F=0;F<A;F+=1)s.appendChild(B[F]);var h=m("mask");h.setAttribute("mask-type","alpha"),h.setAttribute("id",x+"_"+v),h.appendChild(f),i.appendChild(h),s.setAttribute("mask","url("+st+"#"+x+"_"+v+")"),B.length=0,B.push(s)}else B.push(f);M[a].inv&&!this.solidPath&&(this.solidPath=this.createLayerSolidPath()),this.viewData[a]={elem:f,lastPath:"",op:$.getProp(this.element,M[a].o,0,.01,this.element),prop:Ct.getShapeProp(this.element,M[a],3),invRect:P},this.viewData[a].prop.k||this.drawPath(M[a],this.viewData[a].prop.v,this.viewData[a])}for(this.maskElement=m(c),r=B.length,a=0;a<r;a+=1)this.maskElement.appendChild(B[a]);v>0&&(this.maskElement.setAttribute("id",x),this.element.maskedElement.setAttribute(l,"url("+st+"#"+x+")"),i.appendChild(this.maskElement)),this.viewData.length&&this.element.addRenderableComponent(this)}Ge.prototype.getMaskProperty=function(t){return this.viewData[t].prop},Ge.prototype.renderFrame=function(t){var e=this.element.finalTransform.mat,n,i=this.masksProperties.length;for(n=0;n<i;n+=1)if((this.viewData[n].prop._mdf||t)&&this.drawPath(this.masksProperties[n],this.viewData[n].prop.v,this.viewData[n]),(this.viewData[n].op._mdf||t)&&this.viewData[n].elem.setAttribute("fill-opacity",this.viewData[n].op.v),this.masksProperties[n].mode!=="n"&&(this.viewData[n].invRect&&(this.element.finalTransform.mProp._mdf||t)&&this.viewData[n].invRect.setAttribute("transform",e.getInverseMatrix().to2dCSS()),this.storedData[n].x&&(this.storedData[n].x._mdf||t))){var a=this.storedData[n].expan;this.storedData[n].x.v<0?(this.storedData[n].lastOperator!=="erode"&&(this.storedData[n].lastOperator="erode",this.storedData[n].elem.setAttribute("filter","url("+st+"#"+this.storedData[n].filterId+")")),a.setAttribute("radius",-this.storedData[n].x.v)):(this.storedData[n].lastOperator!=="dilate"&&(this.storedData[n].lastOperator="dilate",this.storedData[n].elem.setAttribute("filter",null)),this.storedData[n].elem.setAttribute("stroke-width",this.storedData[n].x.v*2))}},Ge.prototype.getMaskelement=function(){return this.maskElement},Ge.prototype.createLayerSolidPath=function(){var t="M0,0 ";return t+=" h"+this.globalData.compSize.w,t+=" v"+this.globalData.compSize.h,t+=" h-"+this.globalData.compSize.w,t+=" v-"+this.globalData.compSize.h+" ",t},Ge.prototype.drawPath=function(t,e,n){var i=" M"+e.v[0][0]+","+e.v[0][1],a,r;for(r=e._length,a=1;a<r;a+=1)i+=" C"+e.o[a-1][0]+","+e.o[a-1][1]+" "+e.i[a][0]+","+e.i[a][1]+" "+e.v[a][0]+","+e.v[a][1];if(e.c&&r>1&&(i+=" C"+e.o[a-1][0]+","+e.o[a-1][1]+" "+e.i[0][0]+","+e.i[0][1]+" "+e.v[0][0]+","+e.v[0][1]),n.lastPath!==i){var f="";n.elem&&(e.c&&(f=t.inv?this.solidPath+i:i),n.elem.setAttribute("d",f)),n.lastPath=i}},Ge.prototype.destroy=function(){this.element=null,this.globalData=null,this.maskElement=null,this.data=null,this.masksProperties=null};function en(){}en.prototype={initHierarchy:function(){this.hierarchy=[],this._isParent=!1,this.checkParenting()},setHierarchy:function(t){this.hierarchy=t},setAsParent:function(){this._isParent=!0},checkParenting:function(){this.data.parent!==void 0&&this.comp.buildElementParenting(this,this.data.parent,[])}};function Ue(){}Ue.prototype={initFrame:function(){this._isFirstFrame=!1,this.dynamicProperties=[],this._mdf=!1},prepareProperties:function(t,e){var n,i=this.dynamicProperties.length;for(n=0;n<i;n+=1)(e||this._isParent&&this.dynamicProperties[n].propType==="transform")&&(this.dynamicProperties[n].getValue(),this.dynamicProperties[n]._mdf&&(this.globalData._mdf=!0,this._mdf=!0))},addDynamicProperty:function(t){this.dynamicProperties.indexOf(t)===-1&&this.dynamicProperties.push(t)}};function nn(){}nn.prototype={initTransform:function(){this.finalTransform={mProp:this.data.ks?xt.getTransformProperty(this,this.data.ks,this):{o:0},_matMdf:!1,_opMdf:!1,mat:new C},this.data.ao&&(this.finalTransform.mProp.autoOriented=!0),this.data.ty},renderTransform:function(){if(this.finalTransform._opMdf=this.finalTransform.mProp.o._mdf||this._isFirstFrame,this.finalTransform._matMdf=this.finalTransform.mProp._mdf||this._isFirstFrame,this.hierarchy){var t,e=this.finalTransform.mat,n=0,i=this.hierarchy.length;if(!this.finalTransform._matMdf)for(;n<i;){if(this.hierarchy[n].finalTransform.mProp._mdf){this.finalTransform._matMdf=!0;break}n+=1}if(this.finalTransform._matMdf)for(t=this.finalTransform.mProp.v.props,e.cloneFromProps(t),n=0;n<i;n+=1)t=this.hierarchy[n].finalTransform.mProp.v.props,e.transform(t[0],t[1],t[2],t[3],t[4],t[5],t[6],t[7],t[8],t[9],t[10],t[11],t[12],t[13],t[14],t[15])}},globalToLocal:function(t){var e=[];e.push(this.finalTransform);for(var n=!0,i=this.comp;n;)i.finalTransform?(i.data.hasMask&&e.splice(0,0,i.finalTransform),i=i.comp):n=!1;var a,r=e.length,f;for(a=0;a<r;a+=1)f=e[a].mat.applyToPointArray(0,0,0),t=[t[0]-f[0],t[1]-f[1],0];return t},mHelper:new C};function Mn(){}Mn.prototype={initRenderable:function(){this.isInRange=!1,this.hidden=!1,this.isTransparent=!1,this.renderableComponents=[]},addRenderableComponent:function(t){this.renderableComponents.indexOf(t)===-1&&this.renderableComponents.push(t)},removeRenderableComponent:function(t){this.renderableComponents.indexOf(t)!==-1&&this.renderableComponents.splice(this.renderableComponents.indexOf(t),1)},prepareRenderableFrame:function(t){this.checkLayerLimits(t)},checkTransparency:function(){this.finalTransform.mProp.o.v<=0?!this.isTransparent&&this.globalData.renderConfig.hideOnTransparent&&(this.isTransparent=!0,this.hide()):this.isTransparent&&(this.isTransparent=!1,this.show())},checkLayerLimits:function(t){this.data.ip-this.data.st<=t&&this.data.op-this.data.st>t?this.isInRange!==!0&&(this.globalData._mdf=!0,this._mdf=!0,this.isInRange=!0,this.show()):this.isInRange!==!1&&(this.globalData._mdf=!0,this.isInRange=!1,this.hide())},renderRenderable:function(){var t,e=this.renderableComponents.length;for(t=0;t<e;t+=1)this.renderableComponents[t].renderFrame(this._isFirstFrame)},sourceRectAtTime:function(){return{top:0,left:0,width:100,height:100}},getLayerSize:function(){return this.data.ty===5?{w:this.data.textData.width,h:this.data.textData.height}:{w:this.data.width,h:this.data.height}}};function on(){}(function(){var t={initElement:function(e,n,i){this.initFrame(),this.initBaseData(e,n,i),this.initTransform(e,n,i),this.initHierarchy(),this.initRenderable(),this.initRendererElement(),this.createContainerElements(),this.createRenderableComponents(),this.createContent(),this.hide()},hide:function(){if(!this.hidden&&(!this.isInRange||this.isTransparent)){var e=this.baseElement||this.layerElement;e.style.display="none",this.hidden=!0}},show:function(){if(this.isInRange&&!this.isTransparent){if(!this.data.hd){var e=this.baseElement||this.layerElement;e.style.display="block"}this.hidden=!1,this._isFirstFrame=!0}},renderFrame:function(){this.data.hd||this.hidden||(this.renderTransform(),this.renderRenderable(),this.renderElement(),this.renderInnerContent(),this._isFirstFrame&&(this._isFirstFrame=!1))},renderInnerContent:function(){},prepareFrame:function(e){this._mdf=!1,this.prepareRenderableFrame(e),this.prepareProperties(e,this.isInRange),this.checkTransparency()},destroy:function(){this.innerElem=null,this.destroyBaseElement()}};O([Mn,ht(t)],on)})();function Di(t,e){this.elem=t,this.pos=e}function Xn(t,e){this.data=t,this.type=t.ty,this.d="",this.lvl=e,this._mdf=!1,this.closed=t.hd===!0,this.pElem=m("path"),this.msElem=null}Xn.prototype.reset=function(){this.d="",this._mdf=!1};function Yn(t,e,n){this.caches=[],this.styles=[],this.transformers=t,this.lStr="",this.sh=n,this.lvl=e,this._isAnimated=!!n.k;for(var i=0,a=t.length;i<a;){if(t[i].mProps.dynamicProperties.length){this._isAnimated=!0;break}i+=1}}Yn.prototype.setAsAnimated=function(){this._isAnimated=!0};function qi(t,e,n){this.transform={mProps:t,op:e,container:n},this.elements=[],this._isAnimated=this.transform.mProps.dynamicProperties.length||this.transform.op.effectsSequence.length}function Kn(t,e,n){this.initDynamicPropertyContainer(t),this.getValue=this.iterateDynamicProperties,this.o=$.getProp(t,e.o,0,.01,this),this.w=$.getProp(t,e.w,0,null,this),this.d=new Ht(t,e.d||{},"svg",this),this.c=$.getProp(t,e.c,1,255,this),this.style=n,this._isAnimated=!!this._isAnimated}O([T],Kn);function Qn(t,e,n){this.initDynamicPropertyContainer(t),this.getValue=this.iterateDynamicProperties,this.o=$.getProp(t,e.o,0,.01,this),this.c=$.getProp(t,e.c,1,255,this),this.style=n}O([T],Qn);function rn(t,e,n){this.initDynamicPropertyContainer(t),this.getValue=this.iterateDynamicProperties,this.initGradientData(t,e,n)}rn.prototype.initGradientData=function(t,e,n){this.o=$.getProp(t,e.o,0,.01,this),this.s=$.getProp(t,e.s,1,null,this),this.e=$.getProp(t,e.e,1,null,this),this.h=$.getProp(t,e.h||{k:0},0,.01,this),this.a=$.getProp(t,e.a||{k:0},0,Bt,this),this.g=new Ut(t,e.g,this),this.style=n,this.stops=[],this.setGradientData(n.pElem,e),this.setGradientOpacity(e,n),this._isAnimated=!!this._isAnimated},rn.prototype.setGradientData=function(t,e){var n=D(),i=m(e.t===1?"linearGradient":"radialGradient");i.setAttribute("id",n),i.setAttribute("spreadMethod","pad"),i.setAttribute("gradientUnits","userSpaceOnUse");var a=[],r,f,M;for(M=e.g.p*4,f=0;f<M;f+=4)r=m("stop"),i.appendChild(r),a.push(r);t.setAttribute(e.ty==="gf"?"fill":"stroke","url("+st+"#"+n+")"),this.gf=i,this.cst=a},rn.prototype.setGradientOpacity=function(t,e){if(this.g._hasOpacity&&!this.g._collapsable){var n,i,a,r=m("mask"),f=m("path");r.appendChild(f);var M=D(),v=D();r.setAttribute("id",v);var B=m(t.t===1?"linearGradient":"radialGradient");B.setAttribute("id",M),B.setAttribute("spreadMethod","pad"),B.setAttribute("gradientUnits","userSpaceOnUse"),a=t.g.k.k[0].s?t.g.k.k[0].s.length:t.g.k.k.length;var F=this.stops;for(i=t.g.p*4;i<a;i+=2)n=m("stop"),n.setAttribute("stop-color","rgb(255,255,255)"),B.appendChild(n),F.push(n);f.setAttribute(t.ty==="gf"?"fill":"stroke","url("+st+"#"+M+")"),t.ty==="gs"&&(f.setAttribute("stroke-linecap",S[t.lc||2]),f.setAttribute("stroke-linejoin",E[t.lj||2]),t.lj===1&&f.setAttribute("stroke-miterlimit",t.ml)),this.of=B,this.ms=r,this.ost=F,this.maskId=v,e.msElem=f}},O([T],rn);function Jn(t,e,n){this.initDynamicPropertyContainer(t),this.getValue=this.iterateDynamicProperties,this.w=$.getProp(t,e.w,0,null,this),this.d=new Ht(t,e.d||{},"svg",this),this.initGradientData(t,e,n),this._isAnimated=!!this._isAnimated}O([rn,T],Jn);function Ni(){this.it=[],this.prevViewData=[],this.gr=m("g")}var Hi=(function(){var t=new C,e=new C,n={createRenderFunction:i};function i(F){switch(F.ty){case"fl":return f;case"gf":return v;case"gs":return M;case"st":return B;case"sh":case"el":case"rc":case"sr":return r;case"tr":return a;default:return null}}function a(F,A,x){(x||A.transform.op._mdf)&&A.transform.container.setAttribute("opacity",A.transform.op.v),(x||A.transform.mProps._mdf)&&A.transform.container.setAttribute("transform",A.transform.mProps.v.to2dCSS())}function r(F,A,x){var P,R,I,L,c,l,o=A.styles.length,s=A.lvl,h,g,u,k,G;for(l=0;l<o;l+=1){if(L=A.sh._mdf||x,A.styles[l].lvl<s){for(g=e.reset(),k=s-A.styles[l].lvl,G=A.transformers.length-1;!L&&k>0;)L=A.transformers[G].mProps._mdf||L,k-=1,G-=1;if(L)for(k=s-A.styles[l].lvl,G=A.transformers.length-1;k>0;)u=A.transformers[G].mProps.v.props,g.transform(u[0],u[1],u[2],u[3],u[4],u[5],u[6],u[7],u[8],u[9],u[10],u[11],u[12],u[13],u[14],u[15]),k-=1,G-=1}else g=t;if(h=A.sh.paths,R=h._length,L){for(I="",P=0;P<R;P+=1)c=h.shapes[P],c&&c._length&&(I+=Ae(c,c._length,c.c,g));A.caches[l]=I}else I=A.caches[l];A.styles[l].d+=F.hd===!0?"":I,A.styles[l]._mdf=L||A.styles[l]._mdf}}function f(F,A,x){var P=A.style;(A.c._mdf||x)&&P.pElem.setAttribute("fill","rgb("+Pt(A.c.v[0])+","+Pt(A.c.v[1])+","+Pt(A.c.v[2])+")"),(A.o._mdf||x)&&P.pElem.setAttribute("fill-opacity",A.o.v)}function M(F,A,x){v(F,A,x),B(F,A,x)}function v(F,A,x){var P=A.gf,R=A.g._hasOpacity,I=A.s.v,L=A.e.v;if(A.o._mdf||x){var c=F.ty==="gf"?"fill-opacity":"stroke-opacity";A.style.pElem.setAttribute(c,A.o.v)}if(A.s._mdf||x){var l=F.t===1?"x1":"cx",o=l==="x1"?"y1":"cy";P.setAttribute(l,I[0]),P.setAttribute(o,I[1]),R&&!A.g._collapsable&&(A.of.setAttribute(l,I[0]),A.of.setAttribute(o,I[1]))}var s,h,g,u;if(A.g._cmdf||x){s=A.cst;var k=A.g.c;for(g=s.length,h=0;h<g;h+=1)u=s[h],u.setAttribute("offset",k[h*4]+"%"),u.setAttribute("stop-color","rgb("+k[h*4+1]+","+k[h*4+2]+","+k[h*4+3]+")")}if(R&&(A.g._omdf||x)){var G=A.g.o;for(A.g._collapsable?s=A.cst:s=A.ost,g=s.length,h=0;h<g;h+=1)u=s[h],A.g._collapsable||u.setAttribute("offset",G[h*2]+"%"),u.setAttribute("stop-opacity",G[h*2+1])}if(F.t===1)(A.e._mdf||x)&&(P.setAttribute("x2",L[0]),P.setAttribute("y2",L[1]),R&&!A.g._collapsable&&(A.of.setAttribute("x2",L[0]),A.of.setAttribute("y2",L[1])));else{var rt;if((A.s._mdf||A.e._mdf||x)&&(rt=Math.sqrt(Math.pow(I[0]-L[0],2)+Math.pow(I[1]-L[1],2)),P.setAttribute("r",rt),R&&!A.g._collapsable&&A.of.setAttribute("r",rt)),A.e._mdf||A.h._mdf||A.a._mdf||x){rt||(rt=Math.sqrt(Math.pow(I[0]-L[0],2)+Math.pow(I[1]-L[1],2)));var at=Math.atan2(L[1]-I[1],L[0]-I[0]),nt=A.h.v;nt>=1?nt=.99:nt<=-1&&(nt=-.99);var H=rt*nt,J=Math.cos(at+A.a.v)*H+I[0],j=Math.sin(at+A.a.v)*H+I[1];P.setAttribute("fx",J),P.setAttribute("fy",j),R&&!A.g._collapsable&&(A.of.setAttribute("fx",J),A.of.setAttribute("fy",j))}}}function B(F,A,x){var P=A.style,R=A.d;R&&(R._mdf||x)&&R.dashStr&&(P.pElem.setAttribute("stroke-dasharray",R.dashStr),P.pElem.setAttribute("stroke-dashoffset",R.dashoffset[0])),A.c&&(A.c._mdf||x)&&P.pElem.setAttribute("stroke","rgb("+Pt(A.c.v[0])+","+Pt(A.c.v[1])+","+Pt(A.c.v[2])+")"),(A.o._mdf||x)&&P.pElem.setAttribute("stroke-opacity",A.o.v),(A.w._mdf||x)&&(P.pElem.setAttribute("stroke-width",A.w.v),P.msElem&&P.msElem.setAttribute("stroke-width",A.w.v))}return n})();function Zi(){this.sequences={},this.sequenceList=[],this.transform_key_count=0}Zi.prototype={addTransformSequence:function(t){var e,n=t.length,i="_";for(e=0;e<n;e+=1)i+=t[e].transform.key+"_";var a=this.sequences[i];return a||(a={transforms:[].concat(t),finalTransform:new C,_mdf:!1},this.sequences[i]=a,this.sequenceList.push(a)),a},processSequence:function(t,e){for(var n=0,i=t.transforms.length,a=e;n<i&&!e;){if(t.transforms[n].transform.mProps._mdf){a=!0;break}n+=1}if(a){var r;for(t.finalTransform.reset(),n=i-1;n>=0;n-=1)r=t.transforms[n].transform.mProps.v.props,t.finalTransform.transform(r[0],r[1],r[2],r[3],r[4],r[5],r[6],r[7],r[8],r[9],r[10],r[11],r[12],r[13],r[14],r[15])}t._mdf=a},processSequences:function(t){var e,n=this.sequenceList.length;for(e=0;e<n;e+=1)this.processSequence(this.sequenceList[e],t)},getNewKey:function(){return this.transform_key_count+=1,"_"+this.transform_key_count}};function $e(){}$e.prototype={checkMasks:function(){if(!this.data.hasMask)return!1;for(var t=0,e=this.data.masksProperties.length;t<e;){if(this.data.masksProperties[t].mode!=="n"&&this.data.masksProperties[t].cl!==!1)return!0;t+=1}return!1},initExpressions:function(){this.layerInterface=LayerExpressionInterface(this),this.data.hasMask&&this.maskManager&&this.layerInterface.registerMaskInterface(this.maskManager);var t=EffectsExpressionInterface.createEffectsInterface(this,this.layerInterface);this.layerInterface.registerEffectsInterface(t),this.data.ty===0||this.data.xt?this.compInterface=CompExpressionInterface(this):this.data.ty===4?(this.layerInterface.shapeInterface=ShapeExpressionInterface(this.shapesData,this.itemsData,this.layerInterface),this.layerInterface.content=this.layerInterface.shapeInterface):this.data.ty===5&&(this.layerInterface.textInterface=TextExpressionInterface(this),this.layerInterface.text=this.layerInterface.textInterface)},setBlendMode:function(){var t=N(this.data.bm),e=this.baseElement||this.layerElement;e.style["mix-blend-mode"]=t},initBaseData:function(t,e,n){this.globalData=e,this.comp=n,this.data=t,this.layerId=D(),this.data.sr||(this.data.sr=1),this.effectsManager=new Yi(this.data,this,this.dynamicProperties)},getType:function(){return this.type},sourceRectAtTime:function(){}};function Oe(t,e,n){this.initFrame(),this.initBaseData(t,e,n),this.initFrame(),this.initTransform(t,e,n),this.initHierarchy()}Oe.prototype.prepareFrame=function(t){this.prepareProperties(t,!0)},Oe.prototype.renderFrame=function(){},Oe.prototype.getBaseElement=function(){return null},Oe.prototype.destroy=function(){},Oe.prototype.sourceRectAtTime=function(){},Oe.prototype.hide=function(){},O([$e,nn,en,Ue],Oe);function ln(){}ln.prototype={initRendererElement:function(){this.layerElement=m("g")},createContainerElements:function(){this.matteElement=m("g"),this.transformedElement=this.layerElement,this.maskedElement=this.layerElement,this._sizeChanged=!1;var t=null,e,n,i;if(this.data.td){if(this.data.td==3||this.data.td==1){var a=m("mask");a.setAttribute("id",this.layerId),a.setAttribute("mask-type",this.data.td==3?"luminance":"alpha"),a.appendChild(this.layerElement),t=a,this.globalData.defs.appendChild(a),!Qe.maskType&&this.data.td==1&&(a.setAttribute("mask-type","luminance"),e=D(),n=Je.createFilter(e),this.globalData.defs.appendChild(n),n.appendChild(Je.createAlphaToLuminanceFilter()),i=m("g"),i.appendChild(this.layerElement),t=i,a.appendChild(i),i.setAttribute("filter","url("+st+"#"+e+")"))}else if(this.data.td==2){var r=m("mask");r.setAttribute("id",this.layerId),r.setAttribute("mask-type","alpha");var f=m("g");r.appendChild(f),e=D(),n=Je.createFilter(e);var M=m("feComponentTransfer");M.setAttribute("in","SourceGraphic"),n.appendChild(M);var v=m("feFuncA");v.setAttribute("type","table"),v.setAttribute("tableValues","1.0 0.0"),M.appendChild(v),this.globalData.defs.appendChild(n);var B=m("rect");B.setAttribute("width",this.comp.data.w),B.setAttribute("height",this.comp.data.h),B.setAttribute("x","0"),B.setAttribute("y","0"),B.setAttribute("fill","#ffffff"),B.setAttribute("opacity","0"),f.setAttribute("filter","url("+st+"#"+e+")"),f.appendChild(B),f.appendChild(this.layerElement),t=f,Qe.maskType||(r.setAttribute("mask-type","luminance"),n.appendChild(Je.createAlphaToLuminanceFilter()),i=m("g"),f.appendChild(B),i.appendChild(this.layerElement),t=i,f.appendChild(i)),this.globalData.defs.appendChild(r)}}else this.data.tt?(this.matteElement.appendChild(this.layerElement),t=this.matteElement,this.baseElement=this.matteElement):this.baseElement=this.layerElement;if(this.data.ln&&this.layerElement.setAttribute("id",this.data.ln),this.data.cl&&this.layerElement.setAttribute("class",this.data.cl),this.data.ty===0&&!this.data.hd){var F=m("clipPath"),A=m("path");A.setAttribute("d","M0,0 L"+this.data.w+",0 L"+this.data.w+","+this.data.h+" L0,"+this.data.h+"z");var x=D();if(F.setAttribute("id",x),F.appendChild(A),this.globalData.defs.appendChild(F),this.checkMasks()){var P=m("g");P.setAttribute("clip-path","url("+st+"#"+x+")"),P.appendChild(this.layerElement),this.transformedElement=P,t?t.appendChild(this.transformedElement):this.baseElement=this.transformedElement}else this.layerElement.setAttribute("clip-path","url("+st+"#"+x+")")}this.data.bm!==0&&this.setBlendMode()},renderElement:function(){this.finalTransform._matMdf&&this.transformedElement.setAttribute("transform",this.finalTransform.mat.to2dCSS()),this.finalTransform._opMdf&&this.transformedElement.setAttribute("opacity",this.finalTransform.mProp.o.v)},destroyBaseElement:function(){this.layerElement=null,this.matteElement=null,this.maskManager.destroy()},getBaseElement:function(){return this.data.hd?null:this.baseElement},createRenderableComponents:function(){this.maskManager=new Ge(this.data,this,this.globalData),this.renderableEffectsManager=new Xi(this)},setMatte:function(t){this.matteElement&&this.matteElement.setAttribute("mask","url("+st+"#"+t+")")}};function ti(){}ti.prototype={addShapeToModifiers:function(t){var e,n=this.shapeModifiers.length;for(e=0;e<n;e+=1)this.shapeModifiers[e].addShape(t)},isShapeInAnimatedModifiers:function(t){for(var e=0,n=this.shapeModifiers.length;e<n;)if(this.shapeModifiers[e].isAnimatedWithShape(t))return!0;return!1},renderModifiers:function(){if(this.shapeModifiers.length){var t,e=this.shapes.length;for(t=0;t<e;t+=1)this.shapes[t].sh.reset();e=this.shapeModifiers.length;var n;for(t=e-1;t>=0&&(n=this.shapeModifiers[t].processShapes(this._isFirstFrame),!n);t-=1);}},searchProcessedElement:function(t){for(var e=this.processedElements,n=0,i=e.length;n<i;){if(e[n].elem===t)return e[n].pos;n+=1}return 0},addProcessedElement:function(t,e){for(var n=this.processedElements,i=n.length;i;)if(i-=1,n[i].elem===t){n[i].pos=e;return}n.push(new Di(t,e))},prepareFrame:function(t){this.prepareRenderableFrame(t),this.prepareProperties(t,this.isInRange)}};function ye(){}ye.prototype.initElement=function(t,e,n){this.lettersChangedFlag=!0,this.initFrame(),this.initBaseData(t,e,n),this.textProperty=new Zt(this,t.t,this.dynamicProperties),this.textAnimator=new ie(t.t,this.renderType,this),this.initTransform(t,e,n),this.initHierarchy(),this.initRenderable(),this.initRendererElement(),this.createContainerElements(),this.createRenderableComponents(),this.createContent(),this.hide(),this.textAnimator.searchProperties(this.dynamicProperties)},ye.prototype.prepareFrame=function(t){this._mdf=!1,this.prepareRenderableFrame(t),this.prepareProperties(t,this.isInRange),(this.textProperty._mdf||this.textProperty._isFirstFrame)&&(this.buildNewText(),this.textProperty._isFirstFrame=!1,this.textProperty._mdf=!1)},ye.prototype.createPathShape=function(t,e){var n,i=e.length,a,r="";for(n=0;n<i;n+=1)a=e[n].ks.k,r+=Ae(a,a.i.length,!0,t);return r},ye.prototype.updateDocumentData=function(t,e){this.textProperty.updateDocumentData(t,e)},ye.prototype.canResizeFont=function(t){this.textProperty.canResizeFont(t)},ye.prototype.setMinimumFontSize=function(t){this.textProperty.setMinimumFontSize(t)},ye.prototype.applyTextPropertiesToMatrix=function(t,e,n,i,a){switch(t.ps&&e.translate(t.ps[0],t.ps[1]+t.ascent,0),e.translate(0,-t.ls,0),t.j){case 1:e.translate(t.justifyOffset+(t.boxWidth-t.lineWidths[n]),0,0);break;case 2:e.translate(t.justifyOffset+(t.boxWidth-t.lineWidths[n])/2,0,0);break;default:break}e.translate(i,a,0)},ye.prototype.buildColor=function(t){return"rgb("+Math.round(t[0]*255)+","+Math.round(t[1]*255)+","+Math.round(t[2]*255)+")"},ye.prototype.emptyProp=new we,ye.prototype.destroy=function(){};function Pe(){}O([$e,nn,en,Ue,on],Pe),Pe.prototype.initElement=function(t,e,n){this.initFrame(),this.initBaseData(t,e,n),this.initTransform(t,e,n),this.initRenderable(),this.initHierarchy(),this.initRendererElement(),this.createContainerElements(),this.createRenderableComponents(),(this.data.xt||!e.progressiveLoad)&&this.buildAllItems(),this.hide()},Pe.prototype.prepareFrame=function(t){if(this._mdf=!1,this.prepareRenderableFrame(t),this.prepareProperties(t,this.isInRange),!(!this.isInRange&&!this.data.xt)){if(this.tm._placeholder)this.renderedFrame=t/this.data.sr;else{var e=this.tm.v;e===this.data.op&&(e=this.data.op-1),this.renderedFrame=e}var n,i=this.elements.length;for(this.completeLayers||this.checkLayers(this.renderedFrame),n=i-1;n>=0;n-=1)(this.completeLayers||this.elements[n])&&(this.elements[n].prepareFrame(this.renderedFrame-this.layers[n].st),this.elements[n]._mdf&&(this._mdf=!0))}},Pe.prototype.renderInnerContent=function(){var t,e=this.layers.length;for(t=0;t<e;t+=1)(this.completeLayers||this.elements[t])&&this.elements[t].renderFrame()},Pe.prototype.setElements=function(t){this.elements=t},Pe.prototype.getElements=function(){return this.elements},Pe.prototype.destroyElements=function(){var t,e=this.layers.length;for(t=0;t<e;t+=1)this.elements[t]&&this.elements[t].destroy()},Pe.prototype.destroy=function(){this.destroyElements(),this.destroyBaseElement()};function hn(t,e,n){this.assetData=e.getAssetData(t.refId),this.initElement(t,e,n),this.sourceRect={top:0,left:0,width:this.assetData.w,height:this.assetData.h}}O([$e,nn,ln,en,Ue,on],hn),hn.prototype.createContent=function(){var t=this.globalData.getAssetsPath(this.assetData);this.innerElem=m("image"),this.innerElem.setAttribute("width",this.assetData.w+"px"),this.innerElem.setAttribute("height",this.assetData.h+"px"),this.innerElem.setAttribute("preserveAspectRatio",this.assetData.pr||this.globalData.renderConfig.imagePreserveAspectRatio),this.innerElem.setAttributeNS("http://www.w3.org/1999/xlink","href",t),this.layerElement.appendChild(this.innerElem)},hn.prototype.sourceRectAtTime=function(){return this.sourceRect};function Sn(t,e,n){this.initElement(t,e,n)}O([hn],Sn),Sn.prototype.createContent=function(){var t=m("rect");t.setAttribute("width",this.data.sw),t.setAttribute("height",this.data.sh),t.setAttribute("fill",this.data.sc),this.layerElement.appendChild(t)};function de(t,e,n){this.initFrame(),this.initRenderable(),this.assetData=e.getAssetData(t.refId),this.initBaseData(t,e,n),this._isPlaying=!1,this._canPlay=!1;var i=this.globalData.getAssetsPath(this.assetData);this.audio=this.globalData.audioController.createAudio(i),this._currentTime=0,this.globalData.audioController.addAudio(this),this.tm=t.tm?$.getProp(this,t.tm,0,e.frameRate,this):{_placeholder:!0}}de.prototype.prepareFrame=function(t){if(this.prepareRenderableFrame(t,!0),this.prepareProperties(t,!0),this.tm._placeholder)this._currentTime=t/this.data.sr;else{var e=this.tm.v;this._currentTime=e}},O([Mn,$e,Ue],de),de.prototype.renderFrame=function(){this.isInRange&&this._canPlay&&(this._isPlaying?(!this.audio.playing()||Math.abs(this._currentTime/this.globalData.frameRate-this.audio.seek())>.1)&&this.audio.seek(this._currentTime/this.globalData.frameRate):(this.audio.play(),this.audio.seek(this._currentTime/this.globalData.frameRate),this._isPlaying=!0))},de.prototype.show=function(){},de.prototype.hide=function(){this.audio.pause(),this._isPlaying=!1},de.prototype.pause=function(){this.audio.pause(),this._isPlaying=!1,this._canPlay=!1},de.prototype.resume=function(){this._canPlay=!0},de.prototype.setRate=function(t){this.audio.rate(t)},de.prototype.volume=function(t){this.audio.volume(t)},de.prototype.getBaseElement=function(){return null},de.prototype.destroy=function(){},de.prototype.sourceRectAtTime=function(){},de.prototype.initExpressions=function(){};function ei(t,e,n){this.layers=t.layers,this.supports3d=!0,this.completeLayers=!1,this.pendingElements=[],this.elements=this.layers?b(this.layers.length):[],this.initElement(t,e,n),this.tm=t.tm?$.getProp(this,t.tm,0,e.frameRate,this):{_placeholder:!0}}O([te,Pe,ln],ei);function Xe(t,e,n){this.textSpans=[],this.renderType="svg",this.initElement(t,e,n)}O([$e,nn,ln,en,Ue,on,ye],Xe),Xe.prototype.createContent=function(){this.data.singleShape&&!this.globalData.fontManager.chars&&(this.textContainer=m("text"))},Xe.prototype.buildTextContents=function(t){for(var e=0,n=t.length,i=[],a="";e<n;)t[e]==="\r"||t[e]===""?(i.push(a),a=""):a+=t[e],e+=1;return i.push(a),i},Xe.prototype.buildNewText=function(){var t,e,n=this.textProperty.currentData;this.renderedLetters=b(n?n.l.length:0),n.fc?this.layerElement.setAttribute("fill",this.buildColor(n.fc)):this.layerElement.setAttribute("fill","rgba(0,0,0,0)"),n.sc&&(this.layerElement.setAttribute("stroke",this.buildColor(n.sc)),this.layerElement.setAttribute("stroke-width",n.sw)),this.layerElement.setAttribute("font-size",n.finalSize);var i=this.globalData.fontManager.getFontByName(n.f);if(i.fClass)this.layerElement.setAttribute("class",i.fClass);else{this.layerElement.setAttribute("font-family",i.fFamily);var a=n.fWeight,r=n.fStyle;this.layerElement.setAttribute("font-style",r),this.layerElement.setAttribute("font-weight",a)}this.layerElement.setAttribute("aria-label",n.t);var f=n.l||[],M=!!this.globalData.fontManager.chars;e=f.length;var v,B=this.mHelper,F,A="",x=this.data.singleShape,P=0,R=0,I=!0,L=n.tr*.001*n.finalSize;if(x&&!M&&!n.sz){var c=this.textContainer,l="start";switch(n.j){case 1:l="end";break;case 2:l="middle";break;default:l="start";break}c.setAttribute("text-anchor",l),c.setAttribute("letter-spacing",L);var o=this.buildTextContents(n.finalText);for(e=o.length,R=n.ps?n.ps[1]+n.ascent:0,t=0;t<e;t+=1)v=this.textSpans[t]||m("tspan"),v.textContent=o[t],v.setAttribute("x",0),v.setAttribute("y",R),v.style.display="inherit",c.appendChild(v),this.textSpans[t]=v,R+=n.finalLineHeight;this.layerElement.appendChild(c)}else{var s=this.textSpans.length,h,g;for(t=0;t<e;t+=1)(!M||!x||t===0)&&(v=s>t?this.textSpans[t]:m(M?"path":"text"),s<=t&&(v.setAttribute("stroke-linecap","butt"),v.setAttribute("stroke-linejoin","round"),v.setAttribute("stroke-miterlimit","4"),this.textSpans[t]=v,this.layerElement.appendChild(v)),v.style.display="inherit"),B.reset(),B.scale(n.finalSize/100,n.finalSize/100),x&&(f[t].n&&(P=-L,R+=n.yOffset,R+=I?1:0,I=!1),this.applyTextPropertiesToMatrix(n,B,f[t].line,P,R),P+=f[t].l||0,P+=L),M?(g=this.globalData.fontManager.getCharData(n.finalText[t],i.fStyle,this.globalData.fontManager.getFontByName(n.f).fFamily),h=g&&g.data||{},F=h.shapes?h.shapes[0].it:[],x?A+=this.createPathShape(B,F):v.setAttribute("d",this.createPathShape(B,F))):(x&&v.setAttribute("transform","translate("+B.props[12]+","+B.props[13]+")"),v.textContent=f[t].val,v.setAttributeNS("http://www.w3.org/XML/1998/namespace","xml:space","preserve"));x&&v&&v.setAttribute("d",A)}for(;t<this.textSpans.length;)this.textSpans[t].style.display="none",t+=1;this._sizeChanged=!0},Xe.prototype.sourceRectAtTime=function(){if(this.prepareFrame(this.comp.renderedFrame-this.data.st),this.renderInnerContent(),this._sizeChanged){this._sizeChanged=!1;var t=this.layerElement.getBBox();this.bbox={top:t.y,left:t.x,width:t.width,height:t.height}}return this.bbox},Xe.prototype.renderInnerContent=function(){if(!this.data.singleShape&&(this.textAnimator.getMeasures(this.textProperty.currentData,this.lettersChangedFlag),this.lettersChangedFlag||this.textAnimator.lettersChangedFlag)){this._sizeChanged=!0;var t,e,n=this.textAnimator.renderedLetters,i=this.textProperty.currentData.l;e=i.length;var a,r;for(t=0;t<e;t+=1)i[t].n||(a=n[t],r=this.textSpans[t],a._mdf.m&&r.setAttribute("transform",a.m),a._mdf.o&&r.setAttribute("opacity",a.o),a._mdf.sw&&r.setAttribute("stroke-width",a.sw),a._mdf.sc&&r.setAttribute("stroke",a.sc),a._mdf.fc&&r.setAttribute("fill",a.fc))}};function $t(t,e,n){this.shapes=[],this.shapesData=t.shapes,this.stylesList=[],this.shapeModifiers=[],this.itemsData=[],this.processedElements=[],this.animatedContents=[],this.initElement(t,e,n),this.prevViewData=[]}O([$e,nn,ln,ti,en,Ue,on],$t),$t.prototype.initSecondaryElement=function(){},$t.prototype.identityMatrix=new C,$t.prototype.buildExpressionInterface=function(){},$t.prototype.createContent=function(){this.searchShapes(this.shapesData,this.itemsData,this.prevViewData,this.layerElement,0,[],!0),this.filterUniqueShapes()},$t.prototype.filterUniqueShapes=function(){var t,e=this.shapes.length,n,i,a=this.stylesList.length,r,f=[],M=!1;for(i=0;i<a;i+=1){for(r=this.stylesList[i],M=!1,f.length=0,t=0;t<e;t+=1)n=this.shapes[t],n.styles.indexOf(r)!==-1&&(f.push(n),M=n._isAnimated||M);f.length>1&&M&&this.setShapesAsAnimated(f)}},$t.prototype.setShapesAsAnimated=function(t){var e,n=t.length;for(e=0;e<n;e+=1)t[e].setAsAnimated()},$t.prototype.createStyleElement=function(t,e){var n,i=new Xn(t,e),a=i.pElem;if(t.ty==="st")n=new Kn(this,t,i);else if(t.ty==="fl")n=new Qn(this,t,i);else if(t.ty==="gf"||t.ty==="gs"){var r=t.ty==="gf"?rn:Jn;n=new r(this,t,i),this.globalData.defs.appendChild(n.gf),n.maskId&&(this.globalData.defs.appendChild(n.ms),this.globalData.defs.appendChild(n.of),a.setAttribute("mask","url("+st+"#"+n.maskId+")"))}return(t.ty==="st"||t.ty==="gs")&&(a.setAttribute("stroke-linecap",S[t.lc||2]),a.setAttribute("stroke-linejoin",E[t.lj||2]),a.setAttribute("fill-opacity","0"),t.lj===1&&a.setAttribute("stroke-miterlimit",t.ml)),t.r===2&&a.setAttribute("fill-rule","evenodd"),t.ln&&a.setAttribute("id",t.ln),t.cl&&a.setAttribute("class",t.cl),t.bm&&(a.style["mix-blend-mode"]=N(t.bm)),this.stylesList.push(i),this.addToAnimatedContents(t,n),n},$t.prototype.createGroupElement=function(t){var e=new Ni;return t.ln&&e.gr.setAttribute("id",t.ln),t.cl&&e.gr.setAttribute("class",t.cl),t.bm&&(e.gr.style["mix-blend-mode"]=N(t.bm)),e},$t.prototype.createTransformElement=function(t,e){var n=xt.getTransformProperty(this,t,this),i=new qi(n,n.o,e);return this.addToAnimatedContents(t,i),i},$t.prototype.createShapeElement=function(t,e,n){var i=4;t.ty==="rc"?i=5:t.ty==="el"?i=6:t.ty==="sr"&&(i=7);var a=Ct.getShapeProp(this,t,i,this),r=new Yn(e,n,a);return this.shapes.push(r),this.addShapeToModifiers(r),this.addToAnimatedContents(t,r),r},$t.prototype.addToAnimatedContents=function(t,e){for(var n=0,i=this.animatedContents.length;n<i;){if(this.animatedContents[n].element===e)return;n+=1}this.animatedContents.push({fn:Hi.createRenderFunction(t),element:e,data:t})},$t.prototype.setElementStyles=function(t){var e=t.styles,n,i=this.stylesList.length;for(n=0;n<i;n+=1)this.stylesList[n].closed||e.push(this.stylesList[n])},$t.prototype.reloadShapes=function(){this._isFirstFrame=!0;var t,e=this.itemsData.length;for(t=0;t<e;t+=1)this.prevViewData[t]=this.itemsData[t];for(this.searchShapes(this.shapesData,this.itemsData,this.prevViewData,this.layerElement,0,[],!0),this.filterUniqueShapes(),e=this.dynamicProperties.length,t=0;t<e;t+=1)this.dynamicProperties[t].getValue();this.renderModifiers()},$t.prototype.searchShapes=function(t,e,n,i,a,r,f){var M=[].concat(r),v,B=t.length-1,F,A,x=[],P=[],R,I,L;for(v=B;v>=0;v-=1){if(L=this.searchProcessedElement(t[v]),L?e[v]=n[L-1]:t[v]._render=f,t[v].ty==="fl"||t[v].ty==="st"||t[v].ty==="gf"||t[v].ty==="gs")L?e[v].style.closed=!1:e[v]=this.createStyleElement(t[v],a),t[v]._render&&e[v].style.pElem.parentNode!==i&&i.appendChild(e[v].style.pElem),x.push(e[v].style);else if(t[v].ty==="gr"){if(!L)e[v]=this.createGroupElement(t[v]);else for(A=e[v].it.length,F=0;F<A;F+=1)e[v].prevViewData[F]=e[v].it[F];this.searchShapes(t[v].it,e[v].it,e[v].prevViewData,e[v].gr,a+1,M,f),t[v]._render&&e[v].gr.parentNode!==i&&i.appendChild(e[v].gr)}else t[v].ty==="tr"?(L||(e[v]=this.createTransformElement(t[v],i)),R=e[v].transform,M.push(R)):t[v].ty==="sh"||t[v].ty==="rc"||t[v].ty==="el"||t[v].ty==="sr"?(L||(e[v]=this.createShapeElement(t[v],M,a)),this.setElementStyles(e[v])):t[v].ty==="tm"||t[v].ty==="rd"||t[v].ty==="ms"||t[v].ty==="pb"?(L?(I=e[v],I.closed=!1):(I=Gt.getModifier(t[v].ty),I.init(this,t[v]),e[v]=I,this.shapeModifiers.push(I)),P.push(I)):t[v].ty==="rp"&&(L?(I=e[v],I.closed=!0):(I=Gt.getModifier(t[v].ty),e[v]=I,I.init(this,t,v,e),this.shapeModifiers.push(I),f=!1),P.push(I));this.addProcessedElement(t[v],v+1)}for(B=x.length,v=0;v<B;v+=1)x[v].closed=!0;for(B=P.length,v=0;v<B;v+=1)P[v].closed=!0},$t.prototype.renderInnerContent=function(){this.renderModifiers();var t,e=this.stylesList.length;for(t=0;t<e;t+=1)this.stylesList[t].reset();for(this.renderShape(),t=0;t<e;t+=1)(this.stylesList[t]._mdf||this._isFirstFrame)&&(this.stylesList[t].msElem&&(this.stylesList[t].msElem.setAttribute("d",this.stylesList[t].d),this.stylesList[t].d="M0 0"+this.stylesList[t].d),this.stylesList[t].pElem.setAttribute("d",this.stylesList[t].d||"M0 0"))},$t.prototype.renderShape=function(){var t,e=this.animatedContents.length,n;for(t=0;t<e;t+=1)n=this.animatedContents[t],(this._isFirstFrame||n.element._isAnimated)&&n.data!==!0&&n.fn(n.data,n.element,this._isFirstFrame)},$t.prototype.destroy=function(){this.destroyBaseElement(),this.shapesData=null,this.itemsData=null};function ji(t,e){this.filterManager=e;var n=m("feColorMatrix");if(n.setAttribute("type","matrix"),n.setAttribute("color-interpolation-filters","linearRGB"),n.setAttribute("values","0.3333 0.3333 0.3333 0 0 0.3333 0.3333 0.3333 0 0 0.3333 0.3333 0.3333 0 0 0 0 0 1 0"),n.setAttribute("result","f1"),t.appendChild(n),n=m("feColorMatrix"),n.setAttribute("type","matrix"),n.setAttribute("color-interpolation-filters","sRGB"),n.setAttribute("values","1 0 0 0 0 0 1 0 0 0 0 0 1 0 0 0 0 0 1 0"),n.setAttribute("result","f2"),t.appendChild(n),this.matrixFilter=n,e.effectElements[2].p.v!==100||e.effectElements[2].p.k){var i=m("feMerge");t.appendChild(i);var a;a=m("feMergeNode"),a.setAttribute("in","SourceGraphic"),i.appendChild(a),a=m("feMergeNode"),a.setAttribute("in","f2"),i.appendChild(a)}}ji.prototype.renderFrame=function(t){if(t||this.filterManager._mdf){var e=this.filterManager.effectElements[0].p.v,n=this.filterManager.effectElements[1].p.v,i=this.filterManager.effectElements[2].p.v/100;this.matrixFilter.setAttribute("values",n[0]-e[0]+" 0 0 0 "+e[0]+" "+(n[1]-e[1])+" 0 0 0 "+e[1]+" "+(n[2]-e[2])+" 0 0 0 "+e[2]+" 0 0 0 "+i+" 0")}};function Wi(t,e){this.filterManager=e;var n=m("feColorMatrix");n.setAttribute("type","matrix"),n.setAttribute("color-interpolation-filters","sRGB"),n.setAttribute("values","1 0 0 0 0 0 1 0 0 0 0 0 1 0 0 0 0 0 1 0"),t.appendChild(n),this.matrixFilter=n}Wi.prototype.renderFrame=function(t){if(t||this.filterManager._mdf){var e=this.filterManager.effectElements[2].p.v,n=this.filterManager.effectElements[6].p.v;this.matrixFilter.setAttribute("values","0 0 0 0 "+e[0]+" 0 0 0 0 "+e[1]+" 0 0 0 0 "+e[2]+" 0 0 0 "+n+" 0")}};function Gi(t,e){t.setAttribute("x","-100%"),t.setAttribute("y","-100%"),t.setAttribute("width","300%"),t.setAttribute("height","300%"),this.filterManager=e;var n=m("feGaussianBlur");t.appendChild(n),this.feGaussianBlur=n}Gi.prototype.renderFrame=function(t){if(t||this.filterManager._mdf){var e=.3,n=this.filterManager.effectElements[0].p.v*e,i=this.filterManager.effectElements[1].p.v,a=i==3?0:n,r=i==2?0:n;this.feGaussianBlur.setAttribute("stdDeviation",a+" "+r);var f=this.filterManager.effectElements[2].p.v==1?"wrap":"duplicate";this.feGaussianBlur.setAttribute("edgeMode",f)}};function ni(t,e){this.initialized=!1,this.filterManager=e,this.elem=t,this.paths=[]}ni.prototype.initialize=function(){var t=this.elem.layerElement.children||this.elem.layerElement.childNodes,e,n,i,a;for(this.filterManager.effectElements[1].p.v===1?(a=this.elem.maskManager.masksProperties.length,i=0):(i=this.filterManager.effectElements[0].p.v-1,a=i+1),n=m("g"),n.setAttribute("fill","none"),n.setAttribute("stroke-linecap","round"),n.setAttribute("stroke-dashoffset",1),i;i<a;i+=1)e=m("path"),n.appendChild(e),this.paths.push({p:e,m:i});if(this.filterManager.effectElements[10].p.v===3){var r=m("mask"),f=D();r.setAttribute("id",f),r.setAttribute("mask-type","alpha"),r.appendChild(n),this.elem.globalData.defs.appendChild(r);var M=m("g");for(M.setAttribute("mask","url("+st+"#"+f+")");t[0];)M.appendChild(t[0]);this.elem.layerElement.appendChild(M),this.masker=r,n.setAttribute("stroke","#fff")}else if(this.filterManager.effectElements[10].p.v===1||this.filterManager.effectElements[10].p.v===2){if(this.filterManager.effectElements[10].p.v===2)for(t=this.elem.layerElement.children||this.elem.layerElement.childNodes;t.length;)this.elem.layerElement.removeChild(t[0]);this.elem.layerElement.appendChild(n),this.elem.layerElement.removeAttribute("mask"),n.setAttribute("stroke","#fff")}this.initialized=!0,this.pathMasker=n},ni.prototype.renderFrame=function(t){this.initialized||this.initialize();var e,n=this.paths.length,i,a;for(e=0;e<n;e+=1)if(this.paths[e].m!==-1&&(i=this.elem.maskManager.viewData[this.paths[e].m],a=this.paths[e].p,(t||this.filterManager._mdf||i.prop._mdf)&&a.setAttribute("d",i.lastPath),t||this.filterManager.effectElements[9].p._mdf||this.filterManager.effectElements[4].p._mdf||this.filterManager.effectElements[7].p._mdf||this.filterManager.effectElements[8].p._mdf||i.prop._mdf)){var r;if(this.filterManager.effectElements[7].p.v!==0||this.filterManager.effectElements[8].p.v!==100){var f=Math.min(this.filterManager.effectElements[7].p.v,this.filterManager.effectElements[8].p.v)*.01,M=Math.max(this.filterManager.effectElements[7].p.v,this.filterManager.effectElements[8].p.v)*.01,v=a.getTotalLength();r="0 0 0 "+v*f+" ";var B=v*(M-f),F=1+this.filterManager.effectElements[4].p.v*2*this.filterManager.effectElements[9].p.v*.01,A=Math.floor(B/F),x;for(x=0;x<A;x+=1)r+="1 "+this.filterManager.effectElements[4].p.v*2*this.filterManager.effectElements[9].p.v*.01+" ";r+="0 "+v*10+" 0 0"}else r="1 "+this.filterManager.effectElements[4].p.v*2*this.filterManager.effectElements[9].p.v*.01;a.setAttribute("stroke-dasharray",r)}if((t||this.filterManager.effectElements[4].p._mdf)&&this.pathMasker.setAttribute("stroke-width",this.filterManager.effectElements[4].p.v*2),(t||this.filterManager.effectElements[6].p._mdf)&&this.pathMasker.setAttribute("opacity",this.filterManager.effectElements[6].p.v),(this.filterManager.effectElements[10].p.v===1||this.filterManager.effectElements[10].p.v===2)&&(t||this.filterManager.effectElements[3].p._mdf)){var P=this.filterManager.effectElements[3].p.v;this.pathMasker.setAttribute("stroke","rgb("+Pt(P[0]*255)+","+Pt(P[1]*255)+","+Pt(P[2]*255)+")")}};function Ui(t,e){this.filterManager=e;var n=m("feColorMatrix");n.setAttribute("type","matrix"),n.setAttribute("color-interpolation-filters","linearRGB"),n.setAttribute("values","0.3333 0.3333 0.3333 0 0 0.3333 0.3333 0.3333 0 0 0.3333 0.3333 0.3333 0 0 0 0 0 1 0"),n.setAttribute("result","f1"),t.appendChild(n);var i=m("feComponentTransfer");i.setAttribute("color-interpolation-filters","sRGB"),t.appendChild(i),this.matrixFilter=i;var a=m("feFuncR");a.setAttribute("type","table"),i.appendChild(a),this.feFuncR=a;var r=m("feFuncG");r.setAttribute("type","table"),i.appendChild(r),this.feFuncG=r;var f=m("feFuncB");f.setAttribute("type","table"),i.appendChild(f),this.feFuncB=f}Ui.prototype.renderFrame=function(t){if(t||this.filterManager._mdf){var e=this.filterManager.effectElements[0].p.v,n=this.filterManager.effectElements[1].p.v,i=this.filterManager.effectElements[2].p.v,a=i[0]+" "+n[0]+" "+e[0],r=i[1]+" "+n[1]+" "+e[1],f=i[2]+" "+n[2]+" "+e[2];this.feFuncR.setAttribute("tableValues",a),this.feFuncG.setAttribute("tableValues",r),this.feFuncB.setAttribute("tableValues",f)}};function Ln(t,e){this.filterManager=e;var n=this.filterManager.effectElements,i=m("feComponentTransfer");(n[10].p.k||n[10].p.v!==0||n[11].p.k||n[11].p.v!==1||n[12].p.k||n[12].p.v!==1||n[13].p.k||n[13].p.v!==0||n[14].p.k||n[14].p.v!==1)&&(this.feFuncR=this.createFeFunc("feFuncR",i)),(n[17].p.k||n[17].p.v!==0||n[18].p.k||n[18].p.v!==1||n[19].p.k||n[19].p.v!==1||n[20].p.k||n[20].p.v!==0||n[21].p.k||n[21].p.v!==1)&&(this.feFuncG=this.createFeFunc("feFuncG",i)),(n[24].p.k||n[24].p.v!==0||n[25].p.k||n[25].p.v!==1||n[26].p.k||n[26].p.v!==1||n[27].p.k||n[27].p.v!==0||n[28].p.k||n[28].p.v!==1)&&(this.feFuncB=this.createFeFunc("feFuncB",i)),(n[31].p.k||n[31].p.v!==0||n[32].p.k||n[32].p.v!==1||n[33].p.k||n[33].p.v!==1||n[34].p.k||n[34].p.v!==0||n[35].p.k||n[35].p.v!==1)&&(this.feFuncA=this.createFeFunc("feFuncA",i)),(this.feFuncR||this.feFuncG||this.feFuncB||this.feFuncA)&&(i.setAttribute("color-interpolation-filters","sRGB"),t.appendChild(i),i=m("feComponentTransfer")),(n[3].p.k||n[3].p.v!==0||n[4].p.k||n[4].p.v!==1||n[5].p.k||n[5].p.v!==1||n[6].p.k||n[6].p.v!==0||n[7].p.k||n[7].p.v!==1)&&(i.setAttribute("color-interpolation-filters","sRGB"),t.appendChild(i),this.feFuncRComposed=this.createFeFunc("feFuncR",i),this.feFuncGComposed=this.createFeFunc("feFuncG",i),this.feFuncBComposed=this.createFeFunc("feFuncB",i))}Ln.prototype.createFeFunc=function(t,e){var n=m(t);return n.setAttribute("type","table"),e.appendChild(n),n},Ln.prototype.getTableValue=function(t,e,n,i,a){for(var r=0,f=256,M,v=Math.min(t,e),B=Math.max(t,e),F=Array.call(null,{length:f}),A,x=0,P=a-i,R=e-t;r<=256;)M=r/256,M<=v?A=R<0?a:i:M>=B?A=R<0?i:a:A=i+P*Math.pow((M-t)/R,1/n),F[x]=A,x+=1,r+=256/(f-1);return F.join(" ")},Ln.prototype.renderFrame=function(t){if(t||this.filterManager._mdf){var e,n=this.filterManager.effectElements;this.feFuncRComposed&&(t||n[3].p._mdf||n[4].p._mdf||n[5].p._mdf||n[6].p._mdf||n[7].p._mdf)&&(e=this.getTableValue(n[3].p.v,n[4].p.v,n[5].p.v,n[6].p.v,n[7].p.v),this.feFuncRComposed.setAttribute("tableValues",e),this.feFuncGComposed.setAttribute("tableValues",e),this.feFuncBComposed.setAttribute("tableValues",e)),this.feFuncR&&(t||n[10].p._mdf||n[11].p._mdf||n[12].p._mdf||n[13].p._mdf||n[14].p._mdf)&&(e=this.getTableValue(n[10].p.v,n[11].p.v,n[12].p.v,n[13].p.v,n[14].p.v),this.feFuncR.setAttribute("tableValues",e)),this.feFuncG&&(t||n[17].p._mdf||n[18].p._mdf||n[19].p._mdf||n[20].p._mdf||n[21].p._mdf)&&(e=this.getTableValue(n[17].p.v,n[18].p.v,n[19].p.v,n[20].p.v,n[21].p.v),this.feFuncG.setAttribute("tableValues",e)),this.feFuncB&&(t||n[24].p._mdf||n[25].p._mdf||n[26].p._mdf||n[27].p._mdf||n[28].p._mdf)&&(e=this.getTableValue(n[24].p.v,n[25].p.v,n[26].p.v,n[27].p.v,n[28].p.v),this.feFuncB.setAttribute("tableValues",e)),this.feFuncA&&(t||n[31].p._mdf||n[32].p._mdf||n[33].p._mdf||n[34].p._mdf||n[35].p._mdf)&&(e=this.getTableValue(n[31].p.v,n[32].p.v,n[33].p.v,n[34].p.v,n[35].p.v),this.feFuncA.setAttribute("tableValues",e))}};function $i(t,e){var n=e.container.globalData.renderConfig.filterSize;t.setAttribute("x",n.x),t.setAttribute("y",n.y),t.setAttribute("width",n.width),t.setAttribute("height",n.height),this.filterManager=e;var i=m("feGaussianBlur");i.setAttribute("in","SourceAlpha"),i.setAttribute("result","drop_shadow_1"),i.setAttribute("stdDeviation","0"),this.feGaussianBlur=i,t.appendChild(i);var a=m("feOffset");a.setAttribute("dx","25"),a.setAttribute("dy","0"),a.setAttribute("in","drop_shadow_1"),a.setAttribute("result","drop_shadow_2"),this.feOffset=a,t.appendChild(a);var r=m("feFlood");r.setAttribute("flood-color","#00ff00"),r.setAttribute("flood-opacity","1"),r.setAttribute("result","drop_shadow_3"),this.feFlood=r,t.appendChild(r);var f=m("feComposite");f.setAttribute("in","drop_shadow_3"),f.setAttribute("in2","drop_shadow_2"),f.setAttribute("operator","in"),f.setAttribute("result","drop_shadow_4"),t.appendChild(f);var M=m("feMerge");t.appendChild(M);var v;v=m("feMergeNode"),M.appendChild(v),v=m("feMergeNode"),v.setAttribute("in","SourceGraphic"),this.feMergeNode=v,this.feMerge=M,this.originalNodeAdded=!1,M.appendChild(v)}$i.prototype.renderFrame=function(t){if(t||this.filterManager._mdf){if((t||this.filterManager.effectElements[4].p._mdf)&&this.feGaussianBlur.setAttribute("stdDeviation",this.filterManager.effectElements[4].p.v/4),t||this.filterManager.effectElements[0].p._mdf){var e=this.filterManager.effectElements[0].p.v;this.feFlood.setAttribute("flood-color",Z(Math.round(e[0]*255),Math.round(e[1]*255),Math.round(e[2]*255)))}if((t||this.filterManager.effectElements[1].p._mdf)&&this.feFlood.setAttribute("flood-opacity",this.filterManager.effectElements[1].p.v/255),t||this.filterManager.effectElements[2].p._mdf||this.filterManager.effectElements[3].p._mdf){var n=this.filterManager.effectElements[3].p.v,i=(this.filterManager.effectElements[2].p.v-90)*Bt,a=n*Math.cos(i),r=n*Math.sin(i);this.feOffset.setAttribute("dx",a),this.feOffset.setAttribute("dy",r)}}};var fn=[];function pn(t,e,n){this.initialized=!1,this.filterManager=e,this.filterElem=t,this.elem=n,n.matteElement=m("g"),n.matteElement.appendChild(n.layerElement),n.matteElement.appendChild(n.transformedElement),n.baseElement=n.matteElement}pn.prototype.findSymbol=function(t){for(var e=0,n=fn.length;e<n;){if(fn[e]===t)return fn[e];e+=1}return null},pn.prototype.replaceInParent=function(t,e){var n=t.layerElement.parentNode;if(n){for(var i=n.children,a=0,r=i.length;a<r&&i[a]!==t.layerElement;)a+=1;var f;a<=r-2&&(f=i[a+1]);var M=m("use");M.setAttribute("href","#"+e),f?n.insertBefore(M,f):n.appendChild(M)}},pn.prototype.setElementAsMask=function(t,e){if(!this.findSymbol(e)){var n=D(),i=m("mask");i.setAttribute("id",e.layerId),i.setAttribute("mask-type","alpha"),fn.push(e);var a=t.globalData.defs;a.appendChild(i);var r=m("symbol");r.setAttribute("id",n),this.replaceInParent(e,n),r.appendChild(e.layerElement),a.appendChild(r);var f=m("use");f.setAttribute("href","#"+n),i.appendChild(f),e.data.hd=!1,e.show()}t.setMatte(e.layerId)},pn.prototype.initialize=function(){for(var t=this.filterManager.effectElements[0].p.v,e=this.elem.comp.elements,n=0,i=e.length;n<i;)e[n]&&e[n].data.ind===t&&this.setElementAsMask(this.elem,e[n]),n+=1;this.initialized=!0},pn.prototype.renderFrame=function(){this.initialized||this.initialize()};function Xi(){}var Xt=(function(){var t={},e=[],n=0,i=0,a=0,r=!0,f=!1;function M(w){for(var d=0,y=w.target;d<i;)e[d].animation===y&&(e.splice(d,1),d-=1,i-=1,y.isPaused||A()),d+=1}function v(w,d){if(!w)return null;for(var y=0;y<i;){if(e[y].elem===w&&e[y].elem!==null)return e[y].animation;y+=1}var q=new _t;return x(q,w),q.setData(w,d),q}function B(){var w,d=e.length,y=[];for(w=0;w<d;w+=1)y.push(e[w].animation);return y}function F(){a+=1,rt()}function A(){a-=1}function x(w,d){w.addEventListener("destroy",M),w.addEventListener("_active",F),w.addEventListener("_idle",A),e.push({elem:d,animation:w}),i+=1}function P(w){var d=new _t;return x(d,null),d.setParams(w),d}function R(w,d){var y;for(y=0;y<i;y+=1)e[y].animation.setSpeed(w,d)}function I(w,d){var y;for(y=0;y<i;y+=1)e[y].animation.setDirection(w,d)}function L(w){var d;for(d=0;d<i;d+=1)e[d].animation.play(w)}function c(w){var d=w-n,y;for(y=0;y<i;y+=1)e[y].animation.advanceTime(d);n=w,a&&!f?kt.requestAnimationFrame(c):r=!0}function l(w){n=w,kt.requestAnimationFrame(c)}function o(w){var d;for(d=0;d<i;d+=1)e[d].animation.pause(w)}function s(w,d,y){var q;for(q=0;q<i;q+=1)e[q].animation.goToAndStop(w,d,y)}function h(w){var d;for(d=0;d<i;d+=1)e[d].animation.stop(w)}function g(w){var d;for(d=0;d<i;d+=1)e[d].animation.togglePause(w)}function u(w){var d;for(d=i-1;d>=0;d-=1)e[d].animation.destroy(w)}function k(w,d,y){var q=[].concat([].slice.call(document.getElementsByClassName("lottie")),[].slice.call(document.getElementsByClassName("bodymovin"))),X,W=q.length;for(X=0;X<W;X+=1)y&&q[X].setAttribute("data-bm-type",y),v(q[X],w);if(d&&W===0){y||(y="svg");var vt=document.getElementsByTagName("body")[0];vt.innerText="";var St=z("div");St.style.width="100%",St.style.height="100%",St.setAttribute("data-bm-type",y),vt.appendChild(St),v(St,w)}}function G(){var w;for(w=0;w<i;w+=1)e[w].animation.resize()}function rt(){!f&&a&&r&&(kt.requestAnimationFrame(l),r=!1)}function at(){f=!0}function nt(){f=!1,rt()}function H(w,d){var y;for(y=0;y<i;y+=1)e[y].animation.setVolume(w,d)}function J(w){var d;for(d=0;d<i;d+=1)e[d].animation.mute(w)}function j(w){var d;for(d=0;d<i;d+=1)e[d].animation.unmute(w)}return t.registerAnimation=v,t.loadAnimation=P,t.setSpeed=R,t.setDirection=I,t.play=L,t.pause=o,t.stop=h,t.togglePause=g,t.searchAnimations=k,t.resize=G,t.goToAndStop=s,t.destroy=u,t.freeze=at,t.unfreeze=nt,t.setVolume=H,t.mute=J,t.unmute=j,t.getRegisteredAnimations=B,t})(),_t=function(){this._cbs=[],this.name="",this.path="",this.isLoaded=!1,this.currentFrame=0,this.currentRawFrame=0,this.firstFrame=0,this.totalFrames=0,this.frameRate=0,this.frameMult=0,this.playSpeed=1,this.playDirection=1,this.playCount=0,this.animationData={},this.assets=[],this.isPaused=!0,this.autoplay=!1,this.loop=!0,this.renderer=null,this.animationID=D(),this.assetsPath="",this.timeCompleted=0,this.segmentPos=0,this.isSubframeEnabled=Mt,this.segments=[],this._idle=!0,this._completedLoop=!1,this.projectInterface=me(),this.imagePreloader=new Ee,this.audioController=An(),this.markers=[],this.configAnimation=this.configAnimation.bind(this),this.onSetupError=this.onSetupError.bind(this),this.onSegmentComplete=this.onSegmentComplete.bind(this)};O([p],_t),_t.prototype.setParams=function(t){(t.wrapper||t.container)&&(this.wrapper=t.wrapper||t.container);var e="svg";switch(t.animType?e=t.animType:t.renderer&&(e=t.renderer),e){case"canvas":this.renderer=new CanvasRenderer(this,t.rendererSettings);break;case"svg":this.renderer=new te(this,t.rendererSettings);break;default:this.renderer=new HybridRenderer(this,t.rendererSettings);break}this.imagePreloader.setCacheType(e,this.renderer.globalData.defs),this.renderer.setProjectInterface(this.projectInterface),this.animType=e,t.loop===""||t.loop===null||t.loop===void 0||t.loop===!0?this.loop=!0:t.loop===!1?this.loop=!1:this.loop=parseInt(t.loop,10),this.autoplay="autoplay"in t?t.autoplay:!0,this.name=t.name?t.name:"",this.autoloadSegments=Object.prototype.hasOwnProperty.call(t,"autoloadSegments")?t.autoloadSegments:!0,this.assetsPath=t.assetsPath,this.initialSegment=t.initialSegment,t.audioFactory&&this.audioController.setAudioFactory(t.audioFactory),t.animationData?this.setupAnimation(t.animationData):t.path&&(t.path.lastIndexOf("\\")!==-1?this.path=t.path.substr(0,t.path.lastIndexOf("\\")+1):this.path=t.path.substr(0,t.path.lastIndexOf("/")+1),this.fileName=t.path.substr(t.path.lastIndexOf("/")+1),this.fileName=this.fileName.substr(0,this.fileName.lastIndexOf(".json")),mt.loadAnimation(t.path,this.configAnimation,this.onSetupError))},_t.prototype.onSetupError=function(){this.trigger("data_failed")},_t.prototype.setupAnimation=function(t){mt.completeAnimation(t,this.configAnimation)},_t.prototype.setData=function(t,e){e&&typeof e!="object"&&(e=JSON.parse(e));var n={wrapper:t,animationData:e},i=t.attributes;n.path=i.getNamedItem("data-animation-path")?i.getNamedItem("data-animation-path").value:i.getNamedItem("data-bm-path")?i.getNamedItem("data-bm-path").value:i.getNamedItem("bm-path")?i.getNamedItem("bm-path").value:"",n.animType=i.getNamedItem("data-anim-type")?i.getNamedItem("data-anim-type").value:i.getNamedItem("data-bm-type")?i.getNamedItem("data-bm-type").value:i.getNamedItem("bm-type")?i.getNamedItem("bm-type").value:i.getNamedItem("data-bm-renderer")?i.getNamedItem("data-bm-renderer").value:i.getNamedItem("bm-renderer")?i.getNamedItem("bm-renderer").value:"canvas";var a=i.getNamedItem("data-anim-loop")?i.getNamedItem("data-anim-loop").value:i.getNamedItem("data-bm-loop")?i.getNamedItem("data-bm-loop").value:i.getNamedItem("bm-loop")?i.getNamedItem("bm-loop").value:"";a==="false"?n.loop=!1:a==="true"?n.loop=!0:a!==""&&(n.loop=parseInt(a,10));var r=i.getNamedItem("data-anim-autoplay")?i.getNamedItem("data-anim-autoplay").value:i.getNamedItem("data-bm-autoplay")?i.getNamedItem("data-bm-autoplay").value:i.getNamedItem("bm-autoplay")?i.getNamedItem("bm-autoplay").value:!0;n.autoplay=r!=="false",n.name=i.getNamedItem("data-name")?i.getNamedItem("data-name").value:i.getNamedItem("data-bm-name")?i.getNamedItem("data-bm-name").value:i.getNamedItem("bm-name")?i.getNamedItem("bm-name").value:"";var f=i.getNamedItem("data-anim-prerender")?i.getNamedItem("data-anim-prerender").value:i.getNamedItem("data-bm-prerender")?i.getNamedItem("data-bm-prerender").value:i.getNamedItem("bm-prerender")?i.getNamedItem("bm-prerender").value:"";f==="false"&&(n.prerender=!1),this.setParams(n)},_t.prototype.includeLayers=function(t){t.op>this.animationData.op&&(this.animationData.op=t.op,this.totalFrames=Math.floor(t.op-this.animationData.ip));var e=this.animationData.layers,n,i=e.length,a=t.layers,r,f=a.length;for(r=0;r<f;r+=1)for(n=0;n<i;){if(e[n].id===a[r].id){e[n]=a[r];break}n+=1}if((t.chars||t.fonts)&&(this.renderer.globalData.fontManager.addChars(t.chars),this.renderer.globalData.fontManager.addFonts(t.fonts,this.renderer.globalData.defs)),t.assets)for(i=t.assets.length,n=0;n<i;n+=1)this.animationData.assets.push(t.assets[n]);this.animationData.__complete=!1,mt.completeAnimation(this.animationData,this.onSegmentComplete)},_t.prototype.onSegmentComplete=function(t){this.animationData=t,Qt&&Qt.initExpressions(this),this.loadNextSegment()},_t.prototype.loadNextSegment=function(){var t=this.animationData.segments;if(!t||t.length===0||!this.autoloadSegments){this.trigger("data_ready"),this.timeCompleted=this.totalFrames;return}var e=t.shift();this.timeCompleted=e.time*this.frameRate;var n=this.path+this.fileName+"_"+this.segmentPos+".json";this.segmentPos+=1,mt.loadData(n,this.includeLayers.bind(this),function(){this.trigger("data_failed")}.bind(this))},_t.prototype.loadSegments=function(){var t=this.animationData.segments;t||(this.timeCompleted=this.totalFrames),this.loadNextSegment()},_t.prototype.imagesLoaded=function(){this.trigger("loaded_images"),this.checkLoaded()},_t.prototype.preloadImages=function(){this.imagePreloader.setAssetsPath(this.assetsPath),this.imagePreloader.setPath(this.path),this.imagePreloader.loadAssets(this.animationData.assets,this.imagesLoaded.bind(this))},_t.prototype.configAnimation=function(t){if(this.renderer)try{this.animationData=t,this.initialSegment?(this.totalFrames=Math.floor(this.initialSegment[1]-this.initialSegment[0]),this.firstFrame=Math.round(this.initialSegment[0])):(this.totalFrames=Math.floor(this.animationData.op-this.animationData.ip),this.firstFrame=Math.round(this.animationData.ip)),this.renderer.configAnimation(t),t.assets||(t.assets=[]),this.assets=this.animationData.assets,this.frameRate=this.animationData.fr,this.frameMult=this.animationData.fr/1e3,this.renderer.searchExtraCompositions(t.assets),this.markers=Oi(t.markers||[]),this.trigger("config_ready"),this.preloadImages(),this.loadSegments(),this.updaFrameModifier(),this.waitForFontsLoaded(),this.isPaused&&this.audioController.pause()}catch(e){this.triggerConfigError(e)}},_t.prototype.waitForFontsLoaded=function(){this.renderer&&(this.renderer.globalData.fontManager.isLoaded?this.checkLoaded():setTimeout(this.waitForFontsLoaded.bind(this),20))},_t.prototype.checkLoaded=function(){!this.isLoaded&&this.renderer.globalData.fontManager.isLoaded&&(this.imagePreloader.loadedImages()||this.renderer.rendererType!=="canvas")&&this.imagePreloader.loadedFootages()&&(this.isLoaded=!0,Qt&&Qt.initExpressions(this),this.renderer.initItems(),setTimeout(function(){this.trigger("DOMLoaded")}.bind(this),0),this.gotoFrame(),this.autoplay&&this.play())},_t.prototype.resize=function(){this.renderer.updateContainerSize()},_t.prototype.setSubframe=function(t){this.isSubframeEnabled=!!t},_t.prototype.gotoFrame=function(){this.currentFrame=this.isSubframeEnabled?this.currentRawFrame:~~this.currentRawFrame,this.timeCompleted!==this.totalFrames&&this.currentFrame>this.timeCompleted&&(this.currentFrame=this.timeCompleted),this.trigger("enterFrame"),this.renderFrame(),this.trigger("drawnFrame")},_t.prototype.renderFrame=function(){if(!(this.isLoaded===!1||!this.renderer))try{this.renderer.renderFrame(this.currentFrame+this.firstFrame)}catch(t){this.triggerRenderFrameError(t)}},_t.prototype.play=function(t){t&&this.name!==t||this.isPaused===!0&&(this.isPaused=!1,this.audioController.resume(),this._idle&&(this._idle=!1,this.trigger("_active")))},_t.prototype.pause=function(t){t&&this.name!==t||this.isPaused===!1&&(this.isPaused=!0,this._idle=!0,this.trigger("_idle"),this.audioController.pause())},_t.prototype.togglePause=function(t){t&&this.name!==t||(this.isPaused===!0?this.play():this.pause())},_t.prototype.stop=function(t){t&&this.name!==t||(this.pause(),this.playCount=0,this._completedLoop=!1,this.setCurrentRawFrameValue(0))},_t.prototype.getMarkerData=function(t){for(var e,n=0;n<this.markers.length;n+=1)if(e=this.markers[n],e.payload&&e.payload.name===t)return e;return null},_t.prototype.goToAndStop=function(t,e,n){if(!(n&&this.name!==n)){var i=Number(t);if(isNaN(i)){var a=this.getMarkerData(t);a&&this.goToAndStop(a.time,!0)}else e?this.setCurrentRawFrameValue(t):this.setCurrentRawFrameValue(t*this.frameModifier);this.pause()}},_t.prototype.goToAndPlay=function(t,e,n){if(!(n&&this.name!==n)){var i=Number(t);if(isNaN(i)){var a=this.getMarkerData(t);a&&(a.duration?this.playSegments([a.time,a.time+a.duration],!0):this.goToAndStop(a.time,!0))}else this.goToAndStop(i,e,n);this.play()}},_t.prototype.advanceTime=function(t){if(!(this.isPaused===!0||this.isLoaded===!1)){var e=this.currentRawFrame+t*this.frameModifier,n=!1;e>=this.totalFrames-1&&this.frameModifier>0?!this.loop||this.playCount===this.loop?this.checkSegments(e>this.totalFrames?e%this.totalFrames:0)||(n=!0,e=this.totalFrames-1):e>=this.totalFrames?(this.playCount+=1,this.checkSegments(e%this.totalFrames)||(this.setCurrentRawFrameValue(e%this.totalFrames),this._completedLoop=!0,this.trigger("loopComplete"))):this.setCurrentRawFrameValue(e):e<0?this.checkSegments(e%this.totalFrames)||(this.loop&&!(this.playCount--<=0&&this.loop!==!0)?(this.setCurrentRawFrameValue(this.totalFrames+e%this.totalFrames),this._completedLoop?this.trigger("loopComplete"):this._completedLoop=!0):(n=!0,e=0)):this.setCurrentRawFrameValue(e),n&&(this.setCurrentRawFrameValue(e),this.pause(),this.trigger("complete"))}},_t.prototype.adjustSegment=function(t,e){this.playCount=0,t[1]<t[0]?(this.frameModifier>0&&(this.playSpeed<0?this.setSpeed(-this.playSpeed):this.setDirection(-1)),this.totalFrames=t[0]-t[1],this.timeCompleted=this.totalFrames,this.firstFrame=t[1],this.setCurrentRawFrameValue(this.totalFrames-.001-e)):t[1]>t[0]&&(this.frameModifier<0&&(this.playSpeed<0?this.setSpeed(-this.playSpeed):this.setDirection(1)),this.totalFrames=t[1]-t[0],this.timeCompleted=this.totalFrames,this.firstFrame=t[0],this.setCurrentRawFrameValue(.001+e)),this.trigger("segmentStart")},_t.prototype.setSegment=function(t,e){var n=-1;this.isPaused&&(this.currentRawFrame+this.firstFrame<t?n=t:this.currentRawFrame+this.firstFrame>e&&(n=e-t)),this.firstFrame=t,this.totalFrames=e-t,this.timeCompleted=this.totalFrames,n!==-1&&this.goToAndStop(n,!0)},_t.prototype.playSegments=function(t,e){if(e&&(this.segments.length=0),typeof t[0]=="object"){var n,i=t.length;for(n=0;n<i;n+=1)this.segments.push(t[n])}else this.segments.push(t);this.segments.length&&e&&this.adjustSegment(this.segments.shift(),0),this.isPaused&&this.play()},_t.prototype.resetSegments=function(t){this.segments.length=0,this.segments.push([this.animationData.ip,this.animationData.op]),t&&this.checkSegments(0)},_t.prototype.checkSegments=function(t){return this.segments.length?(this.adjustSegment(this.segments.shift(),t),!0):!1},_t.prototype.destroy=function(t){t&&this.name!==t||!this.renderer||(this.renderer.destroy(),this.imagePreloader.destroy(),this.trigger("destroy"),this._cbs=null,this.onEnterFrame=null,this.onLoopComplete=null,this.onComplete=null,this.onSegmentStart=null,this.onDestroy=null,this.renderer=null,this.renderer=null,this.imagePreloader=null,this.projectInterface=null)},_t.prototype.setCurrentRawFrameValue=function(t){this.currentRawFrame=t,this.gotoFrame()},_t.prototype.setSpeed=function(t){this.playSpeed=t,this.updaFrameModifier()},_t.prototype.setDirection=function(t){this.playDirection=t<0?-1:1,this.updaFrameModifier()},_t.prototype.setVolume=function(t,e){e&&this.name!==e||this.audioController.setVolume(t)},_t.prototype.getVolume=function(){return this.audioController.getVolume()},_t.prototype.mute=function(t){t&&this.name!==t||this.audioController.mute()},_t.prototype.unmute=function(t){t&&this.name!==t||this.audioController.unmute()},_t.prototype.updaFrameModifier=function(){this.frameModifier=this.frameMult*this.playSpeed*this.playDirection,this.audioController.setRate(this.playSpeed*this.playDirection)},_t.prototype.getPath=function(){return this.path},_t.prototype.getAssetsPath=function(t){var e="";if(t.e)e=t.p;else if(this.assetsPath){var n=t.p;n.indexOf("images/")!==-1&&(n=n.split("/")[1]),e=this.assetsPath+n}else e=this.path,e+=t.u?t.u:"",e+=t.p;return e},_t.prototype.getAssetData=function(t){for(var e=0,n=this.assets.length;e<n;){if(t===this.assets[e].id)return this.assets[e];e+=1}return null},_t.prototype.hide=function(){this.renderer.hide()},_t.prototype.show=function(){this.renderer.show()},_t.prototype.getDuration=function(t){return t?this.totalFrames:this.totalFrames/this.frameRate},_t.prototype.trigger=function(t){if(this._cbs&&this._cbs[t])switch(t){case"enterFrame":case"drawnFrame":this.triggerEvent(t,new ge(t,this.currentFrame,this.totalFrames,this.frameModifier));break;case"loopComplete":this.triggerEvent(t,new Ve(t,this.loop,this.playCount,this.frameMult));break;case"complete":this.triggerEvent(t,new Ze(t,this.frameMult));break;case"segmentStart":this.triggerEvent(t,new je(t,this.firstFrame,this.totalFrames));break;case"destroy":this.triggerEvent(t,new et(t,this));break;default:this.triggerEvent(t)}t==="enterFrame"&&this.onEnterFrame&&this.onEnterFrame.call(this,new ge(t,this.currentFrame,this.totalFrames,this.frameMult)),t==="loopComplete"&&this.onLoopComplete&&this.onLoopComplete.call(this,new Ve(t,this.loop,this.playCount,this.frameMult)),t==="complete"&&this.onComplete&&this.onComplete.call(this,new Ze(t,this.frameMult)),t==="segmentStart"&&this.onSegmentStart&&this.onSegmentStart.call(this,new je(t,this.firstFrame,this.totalFrames)),t==="destroy"&&this.onDestroy&&this.onDestroy.call(this,new et(t,this))},_t.prototype.triggerRenderFrameError=function(t){var e=new tt(t,this.currentFrame);this.triggerEvent("error",e),this.onError&&this.onError.call(this,e)},_t.prototype.triggerConfigError=function(t){var e=new Q(t,this.currentFrame);this.triggerEvent("error",e),this.onError&&this.onError.call(this,e)};function Yi(){this.effectElements=[]}var Rt={};function Ki(t){st=t}function ii(){un===!0?Xt.searchAnimations(ri,un,ai):Xt.searchAnimations()}function Qi(t){Mt=t}function Ji(t){It=t}function tr(t){return un===!0&&(t.animationData=JSON.parse(ri)),Xt.loadAnimation(t)}function er(t){if(typeof t=="string")switch(t){case"high":le=200;break;default:case"medium":le=50;break;case"low":le=10;break}else!isNaN(t)&&t>1&&(le=t);le>=50?Be(!1):Be(!0)}function nr(){return typeof navigator<"u"}function ir(t,e){t==="expressions"&&(Qt=e)}function rr(t){switch(t){case"propertyFactory":return $;case"shapePropertyFactory":return Ct;case"matrix":return C;default:return null}}Rt.play=Xt.play,Rt.pause=Xt.pause,Rt.setLocationHref=Ki,Rt.togglePause=Xt.togglePause,Rt.setSpeed=Xt.setSpeed,Rt.setDirection=Xt.setDirection,Rt.stop=Xt.stop,Rt.searchAnimations=ii,Rt.registerAnimation=Xt.registerAnimation,Rt.loadAnimation=tr,Rt.setSubframeRendering=Qi,Rt.resize=Xt.resize,Rt.goToAndStop=Xt.goToAndStop,Rt.destroy=Xt.destroy,Rt.setQuality=er,Rt.inBrowser=nr,Rt.installPlugin=ir,Rt.freeze=Xt.freeze,Rt.unfreeze=Xt.unfreeze,Rt.setVolume=Xt.setVolume,Rt.mute=Xt.mute,Rt.unmute=Xt.unmute,Rt.getRegisteredAnimations=Xt.getRegisteredAnimations,Rt.useWebWorker=function(t){wt=t},Rt.setIDPrefix=Ji,Rt.__getFactory=rr,Rt.version="5.8.1";function ar(){document.readyState==="complete"&&(clearInterval(hr),ii())}function sr(t){for(var e=si.split("&"),n=0;n<e.length;n+=1){var i=e[n].split("=");if(decodeURIComponent(i[0])==t)return decodeURIComponent(i[1])}return null}var un="__[STANDALONE]__",ri="__[ANIMATIONDATA]__",ai="",si;if(un){var oi=document.getElementsByTagName("script"),or=oi.length-1,lr=oi[or]||{src:""};si=lr.src.replace(/^[^\?]+\??/,""),ai=sr("renderer")}var hr=setInterval(ar,100);return Rt})});var Wn=vn(ui(),1),Gn=vn(mi(),1),vr=vn(pr(),1);var br=vn(dr(),1);function xe(kt,Y){Y===void 0&&(Y={});var st=Y.insertAt;if(kt&&typeof document<"u"){var ct=document.head||document.getElementsByTagName("head")[0],wt=document.createElement("style");wt.type="text/css",st==="top"&&ct.firstChild?ct.insertBefore(wt,ct.firstChild):ct.appendChild(wt),wt.styleSheet?wt.styleSheet.cssText=kt:wt.appendChild(document.createTextNode(kt))}}var wi=`.pera-wallet-modal-header {
  position: absolute;
  top: -44px;
  right: 0px;
  left: 0;
  display: flex;
  align-items: center;
  justify-content: space-between;
}
.pera-wallet-modal-header--mobile {
  display: flex;
  align-items: center;
  justify-content: flex-end;
  position: static;
}
.pera-wallet-modal-header--mobile .pera-wallet-modal-header__close-button {
  width: 24px;
  height: 24px;
  margin: 0;
  padding: 0;
  background: transparent;
  border: unset;
  box-shadow: unset;
}

.pera-wallet-modal-header__brand {
  display: flex;
  align-items: center;
  gap: 10px;
  font-size: 14px;
  font-weight: 600;
  line-height: 24px;
  letter-spacing: -0.1px;
  color: #ffffff;
}

.pera-wallet-modal-header__brand-text {
  display: flex;
  align-items: center;
  gap: 6px;
}

.pera-wallet-modal-header__version-number {
  color: #9d9dae;
  font-size: 12px;
  font-weight: 400;
  line-height: 18px;
  letter-spacing: 0.01;
}

.pera-wallet-button {
  display: flex;
  align-items: center;
  justify-content: center;
  width: auto;
  height: 48px;
  padding: 14px;
  border: none;
  border-radius: 12px;
  outline: none;
  cursor: pointer;
  font-family: var(--pera-wallet-modal-font-family);
  font-size: 14px;
}

.pera-wallet-modal-header__close-button {
  width: 32px;
  height: 32px;
  margin: 0;
  padding: 0;
  background: rgba(44, 53, 89, 0.1);
  border-radius: 8px;
}

.pera-wallet-modal-header__close-button__close-icon {
  width: 20px;
  height: 20px;
}`;xe(wi);var yi=document.createElement("template"),cr=Le()?"pera-wallet-modal-header pera-wallet-modal-header--mobile":"pera-wallet-modal-header pera-wallet-modal-header--desktop";yi.innerHTML=`
  <div class="${cr}">
      ${Le()?"":`<div class="pera-wallet-modal-header__brand">
              <img src="data:image/svg+xml,%3csvg width='24' height='24' viewBox='0 0 24 24' fill='none' xmlns='http://www.w3.org/2000/svg'%3e%3crect width='24' height='24' rx='4.8' fill='%23FFEE55'/%3e%3cpath d='M13.0408 5.92462C13.413 7.46693 13.2872 8.8236 12.7597 8.95482C12.2322 9.08605 11.5028 7.94214 11.1306 6.39983C10.7583 4.85752 10.8842 3.50085 11.4117 3.36963C11.9391 3.2384 12.6685 4.38231 13.0408 5.92462Z' fill='black'/%3e%3cpath d='M19.1876 7.25063C18.3632 6.37689 16.7231 6.61371 15.5243 7.77959C14.3254 8.94547 14.0219 10.5989 14.8463 11.4727C15.6707 12.3464 17.3108 12.1096 18.5097 10.9437C19.7085 9.77781 20.012 8.12438 19.1876 7.25063Z' fill='black'/%3e%3cpath d='M12.6308 20.6297C13.1583 20.4985 13.2656 19.0651 12.8705 17.4281C12.4754 15.7911 11.7275 14.5705 11.2 14.7017C10.6725 14.8329 10.5652 16.2663 10.9603 17.9033C11.3554 19.5403 12.1033 20.7609 12.6308 20.6297Z' fill='black'/%3e%3cpath d='M7.25371 8.05056C8.77551 8.49933 9.8875 9.28664 9.73741 9.80906C9.58731 10.3315 8.23197 10.3912 6.71016 9.94242C5.18836 9.49364 4.07637 8.70633 4.22646 8.18391C4.37656 7.66149 5.7319 7.60178 7.25371 8.05056Z' fill='black'/%3e%3cpath d='M17.1309 13.9497C18.7461 14.4261 19.9338 15.2357 19.7837 15.7581C19.6336 16.2806 18.2025 16.3179 16.5873 15.8416C14.9721 15.3653 13.7844 14.5556 13.9345 14.0332C14.0846 13.5108 15.5157 13.4734 17.1309 13.9497Z' fill='black'/%3e%3cpath d='M8.96609 12.8536C8.5887 12.4624 7.35088 13.0318 6.20133 14.1253C5.05177 15.2188 4.42581 16.4225 4.80319 16.8137C5.18058 17.2048 6.4184 16.6355 7.56796 15.542C8.71751 14.4484 9.34347 13.2448 8.96609 12.8536Z' fill='black'/%3e%3c/svg%3e" />

              <div class="pera-wallet-modal-header__brand-text">
                <span>Pera Connect</span>

                <span class="pera-wallet-modal-header__version-number">v1.4.1</span>
              </div>
            </div>
            `} 

      <button
        id="pera-wallet-modal-header-close-button"
        class="pera-wallet-button pera-wallet-modal-header__close-button">
        <img
          class="pera-wallet-modal-header__close-button__close-icon"
          src="${Le()?"data:image/svg+xml,%3csvg width='24' height='24' viewBox='0 0 24 24' fill='none' xmlns='http://www.w3.org/2000/svg'%3e%3cpath d='M18 6L12 12M12 12L6 18M12 12L18 18M12 12L6 6' stroke='%232C3559' stroke-width='2'/%3e%3c/svg%3e":"data:image/svg+xml,%3csvg width='24' height='24' viewBox='0 0 24 24' fill='none' xmlns='http://www.w3.org/2000/svg'%3e%3cpath d='M18 6L12 12M12 12L6 18M12 12L18 18M12 12L6 6' stroke='white' stroke-width='2'/%3e%3c/svg%3e"}"
        />
      </button>
    </div>
`;var Tn=class extends HTMLElement{constructor(){if(super(),this.attachShadow({mode:"open"}),this.shadowRoot){let Y=document.createElement("style");Y.textContent=wi,this.shadowRoot.append(yi.content.cloneNode(!0),Y),this.onClose()}}onClose(){var Y;let st=(Y=this.shadowRoot)===null||Y===void 0?void 0:Y.getElementById("pera-wallet-modal-header-close-button"),ct=this.getAttribute("modal-id");st&&ct===dn&&st.addEventListener("click",(()=>{cn(dn)}))}},bi="data:image/svg+xml,%3csvg fill='none' height='80' width='80' xmlns='http://www.w3.org/2000/svg'%3e%3cpath clip-rule='evenodd' d='M39.9 80V68.99h-9.8V80h-.2V68.99h-3.5a6.503 6.503 0 0 1-6.247-4.7 6.514 6.514 0 0 1-4.445-4.444 6.503 6.503 0 0 1-4.695-6.246v-3.5H0v-.2h11.013v-9.8H0v-.2h11.013v-9.8H0v-.2h11.013v-3.5a6.503 6.503 0 0 1 4.694-6.246 6.513 6.513 0 0 1 4.447-4.447 6.503 6.503 0 0 1 6.246-4.696h3.5V0h.2v11.011h9.8V0h.2v11.011h9.8V0h.2v11.011h3.5a6.503 6.503 0 0 1 6.247 4.697 6.514 6.514 0 0 1 4.443 4.444 6.503 6.503 0 0 1 4.701 6.248v3.5H80v.2H68.991v9.8H80v.2H68.991v9.8H80v.2H68.991v3.5a6.503 6.503 0 0 1-4.701 6.248 6.514 6.514 0 0 1-4.443 4.442 6.503 6.503 0 0 1-6.247 4.7h-3.5V80h-.2V68.99h-9.8V80zm28.89-40.1a28.728 28.728 0 0 0-1.746-9.8h-2.5v9.8h4.247zm-4.246.2h4.247a28.729 28.729 0 0 1-1.747 9.8h-2.5zm-.2-.2v-9.8H60.1v9.8zm-4.244.2h4.244v9.8H60.1zm-.2-.2a19.807 19.807 0 0 0-2.633-9.8H50.1v9.8zm-9.8.2h9.8a19.807 19.807 0 0 1-2.633 9.8H50.1zm-.2-.2v-9.8h-9.8v9.8zm-9.8.2h9.8v9.8h-9.8zm-.2-.2v-9.8h-9.8v9.8zm-9.8.2h9.8v9.8h-9.8zm-.2-.2v-9.8h-7.167a19.807 19.807 0 0 0-2.633 9.8zm-9.8.2h9.8v9.8h-7.167a19.807 19.807 0 0 1-2.633-9.8zm-.2-.2v-9.8h-4.245v9.8zm-4.245.2H19.9v9.8h-4.245zm-.2-.2v-9.8H12.96a28.726 28.726 0 0 0-1.748 9.8h4.242zm-4.242.2h4.242v9.8H12.96a28.726 28.726 0 0 1-1.748-9.8zm0 13.5v-3.5h1.608a28.876 28.876 0 0 0 2.634 5.327v2.617c0 .543.066 1.07.192 1.575a6.303 6.303 0 0 1-4.434-6.019zm4.242 1.449a28.674 28.674 0 0 1-2.42-4.949h2.42zm.2.32V50.1H19.9v9.8h-.702a28.915 28.915 0 0 1-3.543-4.53zM20.1 59.9v-9.8h2.518a20.2 20.2 0 0 0 7.282 7.282V59.9zm0-10h2.403a19.966 19.966 0 0 1-2.403-7.053zm9.8 7.25a20 20 0 0 1-7.05-7.05h7.05zm.2.117V50.1h9.8v9.8a19.807 19.807 0 0 1-9.8-2.633zm10 2.633v-9.8h9.8v7.167a19.807 19.807 0 0 1-9.8 2.633zm10-2.75V50.1h7.05a20 20 0 0 1-7.05 7.05zm0 .232a20.2 20.2 0 0 0 7.282-7.282H59.9v9.8h-9.8zm7.397-7.482H59.9v-7.053a19.966 19.966 0 0 1-2.403 7.053zm2.603 10v-9.8h4.244v5.28a28.91 28.91 0 0 1-3.538 4.52zm4.444-4.841V50.1h2.426a28.67 28.67 0 0 1-2.426 4.959zm0 .378a28.881 28.881 0 0 0 2.64-5.337h1.607v3.5a6.303 6.303 0 0 1-4.44 6.021 6.514 6.514 0 0 0 .193-1.577zm2.713-5.537h1.534v-6.477a28.817 28.817 0 0 1-1.534 6.477zm-56.044 0h1.535a28.807 28.807 0 0 1-1.535-6.477zm57.578-20v-3.5a6.303 6.303 0 0 0-4.44-6.02c.126.504.193 1.031.193 1.575v2.608a28.877 28.877 0 0 1 2.639 5.337zm-1.534.2h1.534v6.477a28.815 28.815 0 0 0-1.534-6.477zm-.288-.2a28.673 28.673 0 0 0-2.425-4.958V29.9zm-2.625 0v-5.279a28.911 28.911 0 0 0-3.538-4.521H60.1v9.8zm-4.444 0v-9.8h-9.8v2.518a20.2 20.2 0 0 1 7.282 7.282zm-2.403.2H59.9v7.053a19.966 19.966 0 0 0-2.403-7.053zm-.347-.2a20 20 0 0 0-7.05-7.05v7.05zm-7.25 0v-7.167a19.807 19.807 0 0 0-9.8-2.633v9.8zm-10 0v-9.8a19.807 19.807 0 0 0-9.8 2.633V29.9zm-10 0v-7.05a20 20 0 0 0-7.05 7.05zm-7.282 0a20.2 20.2 0 0 1 7.282-7.282V20.1h-9.8v9.8zm-2.518.2h2.403a19.966 19.966 0 0 0-2.403 7.053zm-.2-.2v-9.8h-.701a28.915 28.915 0 0 0-3.544 4.53v5.27zm-4.445 0v-4.948a28.665 28.665 0 0 0-2.42 4.948zm-2.634 0a28.874 28.874 0 0 1 2.634-5.327v-2.618c0-.543.066-1.07.191-1.574a6.303 6.303 0 0 0-4.433 6.019v3.5zm-1.608.2h1.535a28.81 28.81 0 0 0-1.535 6.477zM36.58 68.79H30.1v-1.536c2.06.749 4.23 1.27 6.479 1.535zm3.321-.001a28.726 28.726 0 0 1-9.8-1.748v-2.497h9.8zm-10-1.822v-2.423h-4.953a28.678 28.678 0 0 0 4.953 2.423zm10-2.623h-9.8V60.1h9.8zm-10 0V60.1h-9.8v.702a28.915 28.915 0 0 0 4.526 3.542H29.9zm7.254-4.444H30.1v-2.403a19.966 19.966 0 0 0 7.053 2.403zm0-39.8a19.966 19.966 0 0 0-7.054 2.403V20.1h7.053zm2.746-.2h-9.8v-4.245h9.8zm-10 0v-4.245h-5.27a28.907 28.907 0 0 0-4.53 3.544v.701zm10-4.445h-9.8V12.96a28.729 28.729 0 0 1 9.8-1.749zm-10 0v-2.421a28.668 28.668 0 0 0-4.95 2.42h4.95zm6.679-4.244a28.81 28.81 0 0 0-6.479 1.536V11.21h6.479zm-6.679 1.61v-1.61h-3.5a6.303 6.303 0 0 0-6.02 4.436 6.514 6.514 0 0 1 1.575-.192h2.617A28.877 28.877 0 0 1 29.9 12.82zm0 55.968V67.18a28.878 28.878 0 0 1-5.331-2.636h-2.614c-.543 0-1.07-.067-1.575-.192a6.303 6.303 0 0 0 6.02 4.437zm20.2 0h3.5a6.303 6.303 0 0 0 6.02-4.438 6.513 6.513 0 0 1-1.576.193h-2.608a28.879 28.879 0 0 1-5.336 2.638zm-.2-1.534v1.534h-6.475a28.808 28.808 0 0 0 6.475-1.534zm.2-.287a28.671 28.671 0 0 0 4.957-2.424H50.1v2.424zm-.2-2.424v2.499a28.728 28.728 0 0 1-9.8 1.746v-4.245zm.2-.2h5.278a28.914 28.914 0 0 0 4.522-3.538V60.1h-9.8zm-.2-4.244v4.244h-9.8V60.1zm0-2.603V59.9h-7.053a19.966 19.966 0 0 0 7.053-2.403zm0-37.397v2.403a19.966 19.966 0 0 0-7.053-2.403H49.9zm.2-.2h9.8v-.705a28.911 28.911 0 0 0-4.526-3.54H50.1V19.9zm-.2-4.245V19.9h-9.8v-4.245h9.8zm.2-.2h4.954a28.676 28.676 0 0 0-4.954-2.423zm-.2-2.497v2.497h-9.8V11.21a28.75 28.75 0 0 1 9.8 1.747zm.2-.14a28.877 28.877 0 0 1 5.332 2.637h2.612c.543 0 1.071.066 1.576.192a6.303 6.303 0 0 0-6.02-4.436h-3.5zm-.2-1.607v1.534a28.812 28.812 0 0 0-6.475-1.534H49.9zm-34.245 44.53v2.303c0 .567.075 1.117.215 1.64a6.309 6.309 0 0 0 1.643.216h1.41a29.118 29.118 0 0 1-3.268-4.16zm3.458 4.359h-1.6a6.513 6.513 0 0 1-1.578-.193 6.315 6.315 0 0 0 4.157 4.157 6.517 6.517 0 0 1-.192-1.575v-1.602a29.35 29.35 0 0 1-.787-.787zm.787.509a29.029 29.029 0 0 1-.508-.509h.508zm.2.469v1.411c0 .567.075 1.117.215 1.64.523.14 1.073.215 1.64.215h2.3a29.118 29.118 0 0 1-4.155-3.266zm35.649 3.266h2.295c.567 0 1.117-.075 1.64-.216a6.286 6.286 0 0 0 .216-1.639v-1.407a29.116 29.116 0 0 1-4.151 3.262zm4.35-3.454v1.598a6.53 6.53 0 0 1-.192 1.574 6.314 6.314 0 0 0 4.155-4.154 6.509 6.509 0 0 1-1.572.191h-1.6a29.08 29.08 0 0 1-.791.791zm.982-.991h1.41c.565 0 1.114-.075 1.636-.215a6.31 6.31 0 0 0 .216-1.641V55.75a29.113 29.113 0 0 1-3.262 4.15zm3.262-35.65v-2.295c0-.568-.075-1.117-.216-1.64a6.307 6.307 0 0 0-1.637-.215h-1.41a29.112 29.112 0 0 1 3.263 4.15zM60.89 19.9h1.6c.542 0 1.069.066 1.573.192a6.314 6.314 0 0 0-4.156-4.157 6.51 6.51 0 0 1 .192 1.576v1.598c.269.259.532.522.79.791zm-.991-.981V17.51a6.31 6.31 0 0 0-.216-1.64 6.308 6.308 0 0 0-1.64-.216h-2.299a29.108 29.108 0 0 1 4.155 3.264zm-35.641-3.264h-2.304a6.31 6.31 0 0 0-1.639.215 6.306 6.306 0 0 0-.216 1.641v1.412a29.115 29.115 0 0 1 4.159-3.268zM19.9 19.113v-1.602c0-.543.067-1.072.193-1.577a6.315 6.315 0 0 0-4.159 4.16 6.518 6.518 0 0 1 1.58-.194h1.6c.257-.267.519-.53.786-.787zm-.508.787h.508v-.508c-.171.167-.34.337-.508.508zm-.47.2h-1.409a6.31 6.31 0 0 0-1.643.216 6.308 6.308 0 0 0-.215 1.639v2.305a29.107 29.107 0 0 1 3.268-4.16zm41.178-.712c.173.168.344.34.512.512H60.1zm.513 40.712c-.169.173-.34.344-.513.513V60.1z' fill='%2394a3b8' fill-rule='evenodd'/%3e%3crect fill='black' height='80' rx='16' width='80'/%3e%3cpath d='M43.47 19.752c1.24 5.14.821 9.663-.937 10.1-1.758.438-4.19-3.375-5.43-8.517-1.241-5.14-.822-9.663.936-10.1 1.759-.438 4.19 3.376 5.43 8.517zm20.49 4.42c-2.749-2.913-8.216-2.123-12.212 1.763s-5.008 9.398-2.26 12.31 8.215 2.123 12.211-1.763 5.008-9.398 2.26-12.31zM42.102 68.769c1.758-.438 2.116-5.216.8-10.673-1.318-5.456-3.81-9.525-5.57-9.088-1.757.438-2.115 5.216-.798 10.672 1.317 5.457 3.81 9.526 5.568 9.089zM24.18 26.838c5.073 1.496 8.78 4.12 8.28 5.862-.5 1.741-5.019 1.94-10.091.444-5.073-1.496-8.78-4.12-8.28-5.861.501-1.742 5.019-1.941 10.092-.445zm32.924 19.664c5.384 1.588 9.343 4.286 8.843 6.028-.5 1.741-5.27 1.866-10.654.278-5.385-1.588-9.343-4.286-8.843-6.028.5-1.741 5.27-1.866 10.654-.278zm-27.216-3.654c-1.258-1.304-5.384.594-9.215 4.24-3.832 3.644-5.919 7.656-4.66 8.96 1.257 1.304 5.383-.594 9.215-4.239s5.918-7.657 4.66-8.96z' fill='%23fe5'/%3e%3c/svg%3e",_i=`.pera-wallet-download-qr-code-wrapper {
  display: flex;
  align-items: center;
  justify-content: center;
  width: fit-content;
  margin: 26px auto 0;
  padding: 10px;
  box-shadow: 0px 20px 60px rgba(26, 35, 91, 0.15), 0px 4px 12px rgba(26, 35, 91, 0.05), 0px 1px 4px rgba(26, 35, 91, 0.06);
  border-radius: 24px;
}

@media (max-width: 767px) {
  .pera-wallet-download-qr-code-wrapper {
    margin-top: 51px;
  }
}`;xe(_i);var xi=document.createElement("template");xi.innerHTML=`
  <div id="pera-wallet-download-qr-code-wrapper" class="pera-wallet-download-qr-code-wrapper"></div>  
`;var In=class extends HTMLElement{constructor(){if(super(),this.attachShadow({mode:"open"}),this.shadowRoot){let Y=document.createElement("style");Y.textContent=_i,this.shadowRoot.append(xi.content.cloneNode(!0),Y)}}connectedCallback(){var Y;let st=new Wn.default({width:205,height:205,type:"svg",data:fi,image:bi,dotsOptions:{color:"#000",type:"extra-rounded"},imageOptions:{crossOrigin:"anonymous",margin:10},cornersSquareOptions:{type:"extra-rounded"},cornersDotOptions:{type:"dot"}}),ct=(Y=this.shadowRoot)===null||Y===void 0?void 0:Y.getElementById("pera-wallet-download-qr-code-wrapper");ct&&st.append(ct)}},gi="data:image/svg+xml,%3csvg width='24' height='24' viewBox='0 0 24 24' fill='none' xmlns='http://www.w3.org/2000/svg'%3e%3cpath d='M8.5 19L15.5 12L8.5 5' stroke='%233C3C49' stroke-width='2'/%3e%3c/svg%3e",Ci=`.pera-wallet-connect-modal-desktop-mode {
  display: grid;
  grid-template-columns: 205px auto;
  gap: 70px;
}
.pera-wallet-connect-modal-desktop-mode--default .pera-wallet-connect-modal-desktop-mode__default-view {
  display: block;
}
.pera-wallet-connect-modal-desktop-mode--default .pera-wallet-connect-modal-desktop-mode__default-view .pera-wallet-accordion-item--active .pera-wallet-accordion-item__content {
  height: 364px;
}
.pera-wallet-connect-modal-desktop-mode--default .pera-wallet-connect-modal-desktop-mode__default-view--web-wallet-not-avaliable .pera-wallet-accordion-item--web-wallet {
  display: none;
}
.pera-wallet-connect-modal-desktop-mode--default .pera-wallet-connect-modal-desktop-mode__default-view--web-wallet-not-avaliable .pera-wallet-accordion-item .pera-wallet-accordion-toggle {
  padding: 26px 24px 12px;
  border-radius: 24px 24px 0 0;
  transition: all ease-in 0.2s;
}
.pera-wallet-connect-modal-desktop-mode--default .pera-wallet-connect-modal-desktop-mode__default-view--web-wallet-not-avaliable .pera-wallet-accordion-item .pera-wallet-accordion-item__content {
  height: 434px;
  border-radius: 0 0 24px 24px;
  transition: height ease-in 0.2s;
}
.pera-wallet-connect-modal-desktop-mode--default .pera-wallet-connect-modal-desktop-mode__default-view--web-wallet-not-avaliable .pera-wallet-accordion-item .pera-wallet-accordion-icon {
  transform: rotate(90deg);
}
.pera-wallet-connect-modal-desktop-mode--default .pera-wallet-connect-modal-desktop-mode__default-view--web-wallet-not-avaliable .pera-wallet-connect-modal-desktop-mode__download-pera-description {
  margin-top: 50px;
}
.pera-wallet-connect-modal-desktop-mode--default .pera-wallet-connect-modal-desktop-mode__download-view {
  display: none;
}
.pera-wallet-connect-modal-desktop-mode--download .pera-wallet-connect-modal-desktop-mode__default-view {
  display: none;
}
.pera-wallet-connect-modal-desktop-mode--download .pera-wallet-connect-modal-desktop-mode__download-view {
  display: block;
}
.pera-wallet-connect-modal-desktop-mode--download .pera-wallet-connect-modal-desktop-mode__download-view .pera-wallet-connect-modal-download-pera-view__footer a {
  display: flex;
  cursor: pointer;
}
.pera-wallet-connect-modal-desktop-mode--compact {
  grid-template-columns: unset;
  gap: unset;
}
.pera-wallet-connect-modal-desktop-mode--compact .pera-wallet-connect-modal-desktop-mode__web-wallet {
  padding: 28px 40px;
}
.pera-wallet-connect-modal-desktop-mode--compact .pera-wallet-connect-modal-desktop-mode__web-wallet .pera-wallet-connect-modal-desktop-mode__web-wallet__logo-wrapper {
  box-shadow: unset;
}
.pera-wallet-connect-modal-desktop-mode--compact .pera-wallet-connect-modal-desktop-mode__web-wallet .pera-wallet-connect-modal-desktop-mode__web-wallet__description {
  margin-bottom: 16px;
}
.pera-wallet-connect-modal-desktop-mode--compact .pera-wallet-connect-modal-desktop-mode__web-wallet .pera-wallet-connect-modal-desktop-mode__web-wallet__launch-button {
  width: 172px;
  height: 40px;
  margin: 0 auto;
}
.pera-wallet-connect-modal-desktop-mode--compact .pera-wallet-connect-modal-desktop-mode__web-wallet-iframe {
  height: 100%;
}
.pera-wallet-connect-modal-desktop-mode--compact .pera-wallet-connect-modal-desktop-mode__default-view {
  overflow: hidden;
  border-radius: 24px;
}
.pera-wallet-connect-modal-desktop-mode--compact .pera-wallet-connect-modal-desktop-mode__default-view .pera-wallet-accordion-item {
  margin-bottom: 0;
  border-radius: 0;
}
.pera-wallet-connect-modal-desktop-mode--compact .pera-wallet-connect-modal-desktop-mode__default-view .pera-wallet-accordion-item:not(:last-child) {
  border-bottom: 1px solid #e6e8ee;
}
.pera-wallet-connect-modal-desktop-mode--compact .pera-wallet-connect-modal-desktop-mode__default-view .pera-wallet-accordion-item #pera-wallet-iframe {
  height: 100%;
}
.pera-wallet-connect-modal-desktop-mode--compact .pera-wallet-connect-modal-desktop-mode__default-view .pera-wallet-accordion-toggle {
  padding: 20px;
}
.pera-wallet-connect-modal-desktop-mode--compact .pera-wallet-connect-modal-desktop-mode__default-view .pera-wallet-accordion-toggle__text, .pera-wallet-connect-modal-desktop-mode--compact .pera-wallet-connect-modal-desktop-mode__default-view .pera-wallet-accordion-toggle__content-with-label__text {
  color: #626268;
  font-size: 14px;
  font-weight: 500;
  line-height: 24px;
  letter-spacing: -0.09px;
}
.pera-wallet-connect-modal-desktop-mode--compact .pera-wallet-connect-modal-desktop-mode__default-view .pera-wallet-accordion-toggle__bold-color {
  font-weight: 600;
  color: #1a1a1a;
}
.pera-wallet-connect-modal-desktop-mode--compact .pera-wallet-connect-modal-desktop-mode__default-view .pera-wallet-accordion-item--active .pera-wallet-accordion-item__content {
  height: 265px;
}
.pera-wallet-connect-modal-desktop-mode--compact .pera-wallet-connect-modal-desktop-mode__default-view .pera-wallet-connect-modal-desktop-mode__download-pera-container {
  display: flex;
  justify-content: space-between;
  margin-top: 14px;
  padding: 0 20px;
}
.pera-wallet-connect-modal-desktop-mode--compact .pera-wallet-connect-modal-desktop-mode__default-view .pera-wallet-connect-modal-desktop-mode__download-pera-description,
.pera-wallet-connect-modal-desktop-mode--compact .pera-wallet-connect-modal-desktop-mode__default-view .pera-wallet-connect-modal-desktop-mode__download-pera-button {
  margin: 0;
}
.pera-wallet-connect-modal-desktop-mode--compact .pera-wallet-connect-modal-desktop-mode__default-view .pera-wallet-connect-modal-desktop-mode__download-pera-button {
  font-weight: 500;
}
.pera-wallet-connect-modal-desktop-mode--compact .pera-wallet-connect-modal-desktop-mode__default-view .pera-wallet-connect-qr-code-wrapper {
  margin: 4px auto 0;
  padding: 0;
  box-shadow: unset;
}
.pera-wallet-connect-modal-desktop-mode--compact .pera-wallet-connect-modal-desktop-mode__default-view .pera-wallet-connect-qr-code-wrapper svg {
  padding: 8px;
  box-shadow: 0px 20px 60px rgba(26, 35, 91, 0.15), 0px 4px 12px rgba(26, 35, 91, 0.05), 0px 1px 4px rgba(26, 35, 91, 0.06);
  border-radius: 12px;
}
.pera-wallet-connect-modal-desktop-mode--select-account {
  width: 100%;
  height: 100%;
}
.pera-wallet-connect-modal-desktop-mode--select-account.pera-wallet-connect-modal-desktop-mode--default {
  overflow: hidden;
}
.pera-wallet-connect-modal-desktop-mode--select-account .pera-wallet-connect-modal-desktop-mode__web-wallet-iframe {
  position: unset;
}
.pera-wallet-connect-modal-desktop-mode--select-account .pera-wallet-accordion {
  overflow: hidden;
}
.pera-wallet-connect-modal-desktop-mode--select-account #pera-wallet-iframe {
  position: absolute;
  top: 0;
  left: 0;
  z-index: 3;
  width: 100%;
  height: 100%;
  border-radius: 16px;
}

.pera-wallet-connect-modal-desktop-mode__accordion__description,
.pera-wallet-connect-modal-desktop-mode__connect-button-wrapper {
  padding: 0 40px 20px 64px;
}

.pera-wallet-connect-modal-desktop-mode__web-wallet {
  display: flex;
  flex-direction: column;
  justify-content: space-between;
  height: calc(100% - 88px);
  padding: 48px 52px 40px;
  margin: 0 auto;
}

.pera-wallet-connect-modal-desktop-mode__web-wallet__logo-wrapper {
  display: flex;
  align-items: center;
  justify-content: center;
  width: 72px;
  height: 72px;
  margin: 0 auto 16px;
  background: #ffffff;
  border-radius: 50%;
  box-shadow: 0px 0px 1px rgba(12, 26, 75, 0.1), 0px 10px 16px rgba(20, 37, 63, 0.06);
}

.pera-wallet-connect-modal-desktop-mode__web-wallet__description {
  margin: 0 auto 32px;
  font-size: 14px;
  line-height: 24px;
  letter-spacing: -0.1px;
  text-align: center;
  color: #6a6a81;
}

.pera-wallet-connect-modal-desktop-mode__web-wallet__launch-button {
  display: flex;
  align-items: center;
  justify-content: center;
  gap: 8px;
  width: 100%;
  padding: 14px 0;
  color: #ffffff;
  background-color: #6b46fe;
  border-radius: 12px;
  font-size: 14px;
  font-weight: 500;
  line-height: 20px;
  letter-spacing: -0.1;
  border: none;
  outline: none;
  cursor: pointer;
}

.pera-wallet-connect-modal-desktop-mode__web-wallet-iframe {
  position: relative;
  width: fit-content;
  margin: 0 auto;
}

.pera-wallet-connect-modal-desktop-mode__connect-button {
  display: block;
  width: 100%;
  height: 48px;
  border: unset;
  border-radius: 6px;
  background-color: #333333;
  color: white;
  cursor: pointer;
  font-family: var(--pera-wallet-modal-font-family);
  font-size: 13px;
}

.pera-wallet-connect-qr-code-wrapper {
  width: fit-content;
  margin: 24px auto 0;
  padding: 10px;
  box-shadow: 0px 20px 60px rgba(26, 35, 91, 0.15), 0px 4px 12px rgba(26, 35, 91, 0.05), 0px 1px 4px rgba(26, 35, 91, 0.06);
  border-radius: 24px;
}

.pera-wallet-connect-modal-desktop-mode__download-pera-description {
  color: #838aa6;
  text-align: center;
  margin: 32px 0 12px;
  font-size: 13px;
  font-weight: 500;
  line-height: 20px;
  letter-spacing: -0.04px;
}

.pera-wallet-connect-modal-desktop-mode__download-pera-button {
  display: flex;
  align-items: center;
  gap: 8px;
  margin: 0 auto;
  padding: 0;
  color: #6b46fe;
  background-color: transparent;
  outline: none;
  border: none;
  font-weight: 600;
  font-size: 13px;
  line-height: 20px;
  letter-spacing: 0.01px;
  cursor: pointer;
}

.pera-wallet-connect-modal-download-pera-view__back-button {
  display: flex;
  align-items: center;
  gap: 16px;
  margin-bottom: 14px;
  padding: 12px 24px;
  color: #3c3c49;
  background-color: #ffffff;
  outline: none;
  box-shadow: 0px 0px 1px rgba(12, 26, 75, 0.24), 0px 3px 8px -1px rgba(50, 50, 71, 0.05);
  border: unset;
  border-radius: 24px;
  font-size: 14px;
  font-weight: 600;
  line-height: 24px;
  letter-spacing: -0.1px;
  cursor: pointer;
}

.pera-wallet-connect-modal-download-pera-view {
  padding: 32px 37px 28px;
  background-color: #ffffff;
  box-shadow: 0px 0px 1px rgba(12, 26, 75, 0.24), 0px 3px 8px -1px rgba(50, 50, 71, 0.05);
  border-radius: 24px;
}

.pera-wallet-connect-modal-download-pera-view__title {
  margin-bottom: 8px;
  color: #3c3c49;
  font-weight: 600;
  font-size: 15px;
  line-height: 18px;
  text-align: center;
  letter-spacing: -0.13px;
}

.pera-wallet-connect-modal-download-pera-view__footer {
  display: flex;
  align-items: center;
  justify-content: center;
  gap: 12px;
  margin-top: 53px;
}

.pera-wallet-connect-modal-download-pera-view__footer__button {
  display: flex;
  align-items: center;
  justify-content: center;
  gap: 8px;
  padding: 8px 16px;
  color: #6a6a81;
  background-color: #ffffff;
  box-shadow: 0px 0px 1px rgba(12, 26, 75, 0.24), 0px 3px 8px -1px rgba(50, 50, 71, 0.05);
  text-decoration: none;
  border-radius: 12px;
  font-weight: 500;
  font-size: 13px;
  line-height: 200%;
  letter-spacing: -0.04px;
  cursor: pointer;
}

#pera-wallet-iframe {
  width: 285px;
  height: 376px;
  margin: 0 auto;
  border: none;
}

@media (max-width: 767px) {
  .pera-wallet-connect-modal-desktop-mode {
    grid-template-columns: 1fr;
    gap: 24px;
  }
  .pera-wallet-connect-qr-code-wrapper {
    margin-top: 16px;
  }
  .pera-wallet-connect-modal-download-pera-view {
    padding: 24px;
  }
  .pera-wallet-download-qr-code-wrapper {
    margin-top: 32px;
  }
  .pera-wallet-connect-modal-download-pera-view__footer {
    margin-top: 40px;
  }
}`;xe(Ci);var ki=`.pera-wallet-accordion-item {
  background-color: #ffffff;
  border-radius: 24px;
  box-shadow: 0px 1px 4px rgba(0, 0, 0, 0.02), 0px 4px 12px rgba(0, 0, 0, 0.03);
}
.pera-wallet-accordion-item:not(:last-of-type) {
  margin-bottom: 20px;
}
.pera-wallet-accordion-item:not(:last-of-type) .pera-wallet-accordion-panel {
  display: flex;
  align-items: center;
  justify-content: center;
}
.pera-wallet-accordion-item .pera-wallet-accordion-item__content {
  height: 0;
  overflow: hidden;
  color: #69708d;
  background-color: #ffffff;
  font-size: 13px;
  font-weight: 500;
  line-height: 20px;
  letter-spacing: -0.04px;
  transition: height ease-in 0.2s;
}
.pera-wallet-accordion-item--active .pera-wallet-accordion-toggle {
  padding: 26px 24px 12px;
  border-radius: 24px 24px 0 0;
  transition: all ease-in 0.2s;
}
.pera-wallet-accordion-item--active .pera-wallet-accordion-item__content {
  border-radius: 0 0 24px 24px;
  transition: height ease-in 0.2s;
}
.pera-wallet-accordion-item--active .pera-wallet-accordion-icon {
  transform: rotate(90deg);
}

.pera-wallet-accordion-toggle {
  position: relative;
  display: flex;
  align-items: center;
  gap: 16px;
  padding: 12px 24px;
  color: #2c3559;
  background-color: #ffffff;
  border: none;
  border-radius: 24px;
  outline: none;
  cursor: pointer;
  font-size: 16px;
  line-height: 18px;
  letter-spacing: -0.1px;
  font-weight: 600;
  transition: all ease-in 0.2s;
}
.pera-wallet-accordion-toggle__text, .pera-wallet-accordion-toggle__content-with-label__text {
  color: #626268;
}

.pera-wallet-accordion-icon {
  transition: all ease-in 0.2s;
}

.pera-wallet-accordion-toggle__bold-color {
  color: #1A1A1A;
  font-weight: 600;
}

.pera-wallet-accordion-toggle__content-with-label {
  display: flex;
  align-items: center;
  gap: 12px;
}

.pera-wallet-accordion-toggle__label {
  padding: 4px 9px;
  color: #1C786C;
  background: #E0FAEE;
  border-radius: 12px;
  font-size: 11px;
  font-weight: 600;
  line-height: 18px;
  letter-spacing: 0.01px;
}

.pera-wallet-accordion-toggle__button {
  position: absolute;
  z-index: 2;
  width: 100%;
  height: 100%;
  background: transparent;
  box-shadow: none;
  outline: none;
  border: none;
  cursor: pointer;
}

@media (max-width: 767px) {
  .pera-wallet-accordion-toggle {
    font-size: 14px;
    font-weight: 500;
    line-height: 24px;
    letter-spacing: -0.1px;
  }
}`;xe(ki);var Ai=document.createElement("template"),Mi=document.createElement("style"),Si=document.createElement("style");Mi.textContent=Ci,Si.textContent=ki;Ai.innerHTML=`
  <div id="pera-wallet-connect-modal-desktop-mode" class="pera-wallet-connect-modal-desktop-mode pera-wallet-connect-modal-desktop-mode--default">
      <pera-wallet-connect-modal-information-section></pera-wallet-connect-modal-information-section>

      <div class="pera-wallet-connect-modal-desktop-mode__default-view"></div>
       

      <div class="pera-wallet-connect-modal-desktop-mode__download-view">
        <button
          id="pera-wallet-connect-modal-download-pera-view-back-button"
          class="pera-wallet-connect-modal-download-pera-view__back-button">
          <img
            src="data:image/svg+xml,%3csvg width='24' height='24' viewBox='0 0 24 24' fill='none' xmlns='http://www.w3.org/2000/svg'%3e%3cpath fill-rule='evenodd' clip-rule='evenodd' d='M10.7071 6.29387C11.0976 6.68439 11.0976 7.31756 10.7071 7.70808L7.41421 11.001L19 11.001C19.5523 11.001 20 11.4487 20 12.001C20 12.5533 19.5523 13.001 19 13.001L7.41421 13.001L10.7071 16.2939C11.0976 16.6844 11.0976 17.3176 10.7071 17.7081C10.3166 18.0986 9.68342 18.0986 9.29289 17.7081L4.29289 12.7081C4.10536 12.5205 4 12.2662 4 12.001C4 11.7358 4.10536 11.4814 4.29289 11.2939L9.29289 6.29387C9.68342 5.90335 10.3166 5.90335 10.7071 6.29387Z' fill='%233C3C49'/%3e%3c/svg%3e"
            alt="Back Arrow"
          />

          Back
        </button>

        <div class="pera-wallet-connect-modal-download-pera-view">
          <h1 class="pera-wallet-connect-modal-download-pera-view__title">
            Download Pera Wallet
          </h1>

          <pera-wallet-download-qr-code></pera-wallet-download-qr-code>

          <div class="pera-wallet-connect-modal-download-pera-view__footer">
            <a
              href="https://apps.apple.com/us/app/algorand-wallet/id1459898525"
              target="_blank"
              rel="noopener noreferrer">
              <img src="data:image/svg+xml,%3csvg width='40' height='40' viewBox='0 0 40 40' fill='none' xmlns='http://www.w3.org/2000/svg'%3e%3crect width='40' height='40' rx='12' fill='black'/%3e%3cpath d='M25.6308 20.3011C25.6416 19.4664 25.8633 18.6481 26.2753 17.9221C26.6873 17.1962 27.2763 16.5863 27.9873 16.1491C27.5356 15.5039 26.9397 14.973 26.2469 14.5984C25.554 14.2239 24.7834 14.016 23.9963 13.9914C22.317 13.8151 20.6891 14.9962 19.8333 14.9962C18.9611 14.9962 17.6436 14.0089 16.2249 14.0381C15.3072 14.0677 14.4128 14.3346 13.6289 14.8126C12.8451 15.2906 12.1984 15.9636 11.7519 16.7659C9.81789 20.1144 11.2605 25.0354 13.1132 27.742C14.0401 29.0674 15.1233 30.5478 16.5408 30.4953C17.9278 30.4378 18.4458 29.6108 20.1202 29.6108C21.779 29.6108 22.265 30.4953 23.7112 30.4619C25.1995 30.4378 26.1372 29.1307 27.0316 27.7928C27.6976 26.8484 28.2101 25.8047 28.55 24.7003C27.6853 24.3345 26.9474 23.7224 26.4283 22.9401C25.9092 22.1578 25.6318 21.2399 25.6308 20.3011ZM22.8993 12.2113C23.7108 11.2371 24.1106 9.98492 24.0138 8.7207C22.7739 8.85092 21.6287 9.44347 20.8062 10.3803C20.404 10.838 20.096 11.3704 19.8998 11.9472C19.7035 12.5239 19.6229 13.1337 19.6625 13.7417C20.2826 13.7481 20.8961 13.6137 21.4568 13.3486C22.0175 13.0835 22.5107 12.6946 22.8993 12.2113Z' fill='white'/%3e%3c/svg%3e" alt="App Store icon" />
            </a>

            <a
              href="https://play.google.com/store/apps/details?id=com.algorand.android"
              target="_blank"
              rel="noopener noreferrer">
              <img src="data:image/svg+xml,%3csvg width='40' height='40' viewBox='0 0 40 40' fill='none' xmlns='http://www.w3.org/2000/svg'%3e%3crect width='40' height='40' rx='12' fill='black'/%3e%3cpath d='M12.41 9.7719C12.1334 10.0219 11.9683 10.4388 11.9683 10.9922V10.8671V29.1294V29.0091C11.9683 29.5202 12.1099 29.9149 12.3497 30.169L12.4109 30.2277V30.228C12.6051 30.4035 12.854 30.4966 13.1393 30.4963C13.418 30.4963 13.7316 30.4073 14.0626 30.2194L26.0264 23.4107L30.1359 21.0717C30.6578 20.7748 30.9508 20.3917 30.9998 20.0014V19.9998C30.9508 19.6087 30.6578 19.2259 30.1359 18.9289L26.0261 16.5902L14.0627 9.78154C13.731 9.59325 13.4171 9.50391 13.1376 9.50391C12.8527 9.50391 12.6041 9.59677 12.41 9.7719H12.41Z' fill='%2300C1FF'/%3e%3cpath d='M12.411 30.2285L12.3497 30.1698C12.1099 29.9157 11.9683 29.5209 11.9683 29.0098V29.1301V10.8724V10.993C11.9683 10.4396 12.1334 10.0226 12.41 9.77268L22.622 20.0009L12.411 30.2285Z' fill='url(%23paint0_linear_173_14441)'/%3e%3cpath d='M26.0256 23.4102L22.6211 19.9996L26.0253 16.5896L30.1351 18.9283C30.657 19.2253 30.95 19.6081 30.9989 19.9993V20.0008C30.95 20.3911 30.657 20.7742 30.1351 21.0712L26.0256 23.4101' fill='url(%23paint1_linear_173_14441)'/%3e%3cpath d='M13.1374 30.4961C12.8522 30.4964 12.6033 30.4032 12.4092 30.2277V30.2275L22.6202 19.9999L26.0246 23.4104L14.0608 30.2191C13.7298 30.4071 13.4162 30.4961 13.1374 30.4961Z' fill='url(%23paint2_linear_173_14441)'/%3e%3cpath d='M22.6212 20.002L12.4092 9.7737C12.6033 9.59858 12.8519 9.50571 13.1368 9.50571C13.4163 9.50571 13.7302 9.59501 14.0618 9.78335L26.0253 16.592L22.6212 20.002' fill='url(%23paint3_linear_173_14441)'/%3e%3cpath d='M13.1394 30.6172C12.8542 30.6172 12.6049 30.524 12.4108 30.3486L12.4105 30.3489C12.4097 30.3481 12.4088 30.3473 12.4079 30.3466L12.3548 30.2947C12.3531 30.2931 12.3516 30.2912 12.3496 30.2893L12.4108 30.2279C12.6049 30.4034 12.8538 30.4966 13.1392 30.4962C13.4179 30.4962 13.7315 30.4073 14.0625 30.2193L26.0263 23.4106L26.1029 23.4874L26.0253 23.5316L14.0625 30.3398C13.7608 30.5111 13.4739 30.6004 13.2147 30.6153C13.1896 30.6165 13.1645 30.6171 13.1394 30.6172' fill='url(%23paint4_linear_173_14441)'/%3e%3cpath d='M12.3497 30.2891C12.1099 30.0349 11.9683 29.6406 11.9683 29.1292V29.0089C11.9683 29.52 12.1099 29.9146 12.3497 30.1688L12.4109 30.2275L12.3497 30.2891Z' fill='url(%23paint5_linear_173_14441)'/%3e%3cpath d='M26.1025 23.4882L26.0259 23.4114L30.1349 21.0727C30.6568 20.7758 30.9498 20.3927 30.9987 20.0025C30.9987 20.1457 30.9668 20.2889 30.9035 20.4282C30.7756 20.7091 30.5194 20.9744 30.135 21.1934L26.1025 23.4883' fill='url(%23paint6_linear_173_14441)'/%3e%3cpath d='M30.9991 20C30.9501 19.6089 30.6571 19.2261 30.1353 18.9291L26.0259 16.5907L26.1025 16.5139H26.1029L30.1353 18.8088C30.7106 19.1365 30.9987 19.5682 30.9991 20Z' fill='url(%23paint7_linear_173_14441)'/%3e%3cpath d='M11.9683 10.9922V10.8661C11.9683 10.8206 11.9695 10.7761 11.9718 10.7329V10.7309C11.9718 10.7303 11.9718 10.7297 11.972 10.729V10.7242C11.9969 10.284 12.1334 9.94066 12.3497 9.71139L12.4099 9.77198C12.1334 10.0219 11.9683 10.4388 11.9683 10.9922Z' fill='url(%23paint8_linear_173_14441)'/%3e%3cpath d='M26.026 16.5898L14.0625 9.78115C13.7308 9.59285 13.417 9.50355 13.1375 9.50355C12.8525 9.50355 12.6039 9.59642 12.4099 9.77154L12.3496 9.71091C12.3684 9.69096 12.388 9.67172 12.4082 9.65322C12.4089 9.65255 12.4099 9.65188 12.4105 9.65125C12.6031 9.47747 12.849 9.3846 13.1314 9.38293H13.1375C13.417 9.38293 13.7308 9.47227 14.0625 9.66064L26.1029 16.5128L26.1026 16.513L26.026 16.5898Z' fill='url(%23paint9_linear_173_14441)'/%3e%3cdefs%3e%3clinearGradient id='paint0_linear_173_14441' x1='18.4943' y1='10.6794' x2='9.69389' y2='19.494' gradientUnits='userSpaceOnUse'%3e%3cstop stop-color='%2300A0FF'/%3e%3cstop offset='0.00657' stop-color='%2300A1FF'/%3e%3cstop offset='0.2601' stop-color='%2300BEFF'/%3e%3cstop offset='0.5122' stop-color='%2300D2FF'/%3e%3cstop offset='0.7604' stop-color='%2300DFFF'/%3e%3cstop offset='1' stop-color='%2300E3FF'/%3e%3c/linearGradient%3e%3clinearGradient id='paint1_linear_173_14441' x1='31.6348' y1='19.9407' x2='11.691' y2='19.9407' gradientUnits='userSpaceOnUse'%3e%3cstop stop-color='%23FFE000'/%3e%3cstop offset='0.4087' stop-color='%23FFBD00'/%3e%3cstop offset='0.7754' stop-color='orange'/%3e%3cstop offset='1' stop-color='%23FF9C00'/%3e%3c/linearGradient%3e%3clinearGradient id='paint2_linear_173_14441' x1='24.2172' y1='23.2425' x2='9.30414' y2='38.0705' gradientUnits='userSpaceOnUse'%3e%3cstop stop-color='%23FF3A44'/%3e%3cstop offset='1' stop-color='%23C31162'/%3e%3c/linearGradient%3e%3clinearGradient id='paint3_linear_173_14441' x1='9.77725' y1='8.25731' x2='16.4237' y2='14.876' gradientUnits='userSpaceOnUse'%3e%3cstop stop-color='%2332A071'/%3e%3cstop offset='0.0685' stop-color='%232DA771'/%3e%3cstop offset='0.4762' stop-color='%2315CF74'/%3e%3cstop offset='0.8009' stop-color='%2306E775'/%3e%3cstop offset='1' stop-color='%2300F076'/%3e%3c/linearGradient%3e%3clinearGradient id='paint4_linear_173_14441' x1='24.2114' y1='25.6084' x2='12.2683' y2='37.5709' gradientUnits='userSpaceOnUse'%3e%3cstop stop-color='%23CC2E36'/%3e%3cstop offset='1' stop-color='%239C0E4E'/%3e%3c/linearGradient%3e%3clinearGradient id='paint5_linear_173_14441' x1='13.3285' y1='10.6804' x2='5.57625' y2='18.4453' gradientUnits='userSpaceOnUse'%3e%3cstop stop-color='%23008DE0'/%3e%3cstop offset='0.00657' stop-color='%23008DE0'/%3e%3cstop offset='0.2601' stop-color='%2300A7E0'/%3e%3cstop offset='0.5122' stop-color='%2300B8E0'/%3e%3cstop offset='0.7604' stop-color='%2300C4E0'/%3e%3cstop offset='1' stop-color='%2300C7E0'/%3e%3c/linearGradient%3e%3clinearGradient id='paint6_linear_173_14441' x1='31.6346' y1='20.0018' x2='11.6929' y2='20.0018' gradientUnits='userSpaceOnUse'%3e%3cstop stop-color='%23E0C500'/%3e%3cstop offset='0.4087' stop-color='%23E0A600'/%3e%3cstop offset='0.7754' stop-color='%23E09100'/%3e%3cstop offset='1' stop-color='%23E08900'/%3e%3c/linearGradient%3e%3clinearGradient id='paint7_linear_173_14441' x1='31.6349' y1='20.0008' x2='11.6933' y2='20.0008' gradientUnits='userSpaceOnUse'%3e%3cstop stop-color='%23FFE840'/%3e%3cstop offset='0.4087' stop-color='%23FFCE40'/%3e%3cstop offset='0.7754' stop-color='%23FFBC40'/%3e%3cstop offset='1' stop-color='%23FFB540'/%3e%3c/linearGradient%3e%3clinearGradient id='paint8_linear_173_14441' x1='13.3201' y1='10.6927' x2='5.8533' y2='17.8475' gradientUnits='userSpaceOnUse'%3e%3cstop stop-color='%2340B8FF'/%3e%3cstop offset='0.00657' stop-color='%2340B9FF'/%3e%3cstop offset='0.2601' stop-color='%2340CEFF'/%3e%3cstop offset='0.5122' stop-color='%2340DDFF'/%3e%3cstop offset='0.7604' stop-color='%2340E7FF'/%3e%3cstop offset='1' stop-color='%2340EAFF'/%3e%3c/linearGradient%3e%3clinearGradient id='paint9_linear_173_14441' x1='9.76302' y1='10.4182' x2='15.0961' y2='15.76' gradientUnits='userSpaceOnUse'%3e%3cstop stop-color='%2365B895'/%3e%3cstop offset='0.0685' stop-color='%2362BD95'/%3e%3cstop offset='0.4762' stop-color='%2350DB97'/%3e%3cstop offset='0.8009' stop-color='%2344ED98'/%3e%3cstop offset='1' stop-color='%2340F498'/%3e%3c/linearGradient%3e%3c/defs%3e%3c/svg%3e" alt="Play Store icon" />
            </a>

            <a
              class="pera-wallet-connect-modal-download-pera-view__footer__button"
              href="https://perawallet.s3-eu-west-3.amazonaws.com/android-releases/app-pera-prod-release-bitrise-signed.apk"
              target="_blank"
              rel="noopener noreferrer">
              <img src="data:image/svg+xml,%3csvg width='24' height='24' viewBox='0 0 24 24' fill='none' xmlns='http://www.w3.org/2000/svg'%3e%3cpath d='M3 14V20C3 20.5523 3.44772 21 4 21H20C20.5523 21 21 20.5523 21 20V14' stroke='%232C3559' stroke-width='1.5'/%3e%3cpath d='M11.9998 16V3M11.9998 16L7.47803 11.4783M11.9998 16L16.5215 11.4783' stroke='%232C3559' stroke-width='1.5'/%3e%3c/svg%3e" alt="Download icon" />

              Download APK File
            </a>
          </div>
        </div>
      </div>
    </div>
  `;var zn=class extends HTMLElement{constructor(){var Y;if(super(),this.attachShadow({mode:"open"}),this.shadowRoot){if(this.shadowRoot.append(Ai.content.cloneNode(!0),Mi,Si),this.shadowRoot.addEventListener("click",(It=>{this.handleAccordion(It)})),this.getAttribute("compact-mode")==="true"){let It=this.shadowRoot.getElementById("pera-wallet-connect-modal-desktop-mode");It?.classList.add("pera-wallet-connect-modal-desktop-mode--compact")}let st=(Y=this.shadowRoot)===null||Y===void 0?void 0:Y.querySelector(".pera-wallet-connect-modal-desktop-mode__default-view"),ct=this.getAttribute("promote-mobile")==="true",{webWalletOption:wt,mobileWalletOption:Mt}=(function(It){let Qt=`
  <div id="web-wallet-option" class="pera-wallet-accordion-item ${It?"":"pera-wallet-accordion-item--active"}  pera-wallet-accordion-item--web-wallet">
            <a class="pera-wallet-accordion-toggle">
              <button class="pera-wallet-accordion-toggle__button"></button>
  
              <img src="${gi}" class="pera-wallet-accordion-icon" />
  
              <div class="pera-wallet-accordion-toggle__content-with-label">
                <div class="pera-wallet-accordion-toggle__content-with-label__text">
                  Connect With
  
                  <span class="pera-wallet-accordion-toggle__bold-color">
                    Pera Web
                  </span>
                </div>
  
                <span id="pera-web-new-label" class="pera-wallet-accordion-toggle__label">NEW</span>
              </div>
            </a>
  
            <div class="pera-wallet-accordion-item__content">
              <div class="pera-wallet-connect-modal-desktop-mode__web-wallet"><div>
              
              <div
                class="pera-wallet-connect-modal-desktop-mode__web-wallet__logo-wrapper">
                <img src="data:image/svg+xml,%3csvg width='44' height='44' viewBox='0 0 44 44' fill='none' xmlns='http://www.w3.org/2000/svg'%3e%3crect x='3.5' y='7.5' width='36' height='26' rx='5.5' stroke='%236B46FE' stroke-width='3'/%3e%3cpath d='M22.4973 14.5237C22.8556 16.041 22.7344 17.3757 22.2267 17.5048C21.719 17.6339 21.0169 16.5085 20.6586 14.9912C20.3003 13.4739 20.4214 12.1392 20.9292 12.0101C21.4369 11.881 22.1389 13.0064 22.4973 14.5237Z' fill='%236B46FE'/%3e%3cpath d='M28.4139 15.8282C27.6204 14.9686 26.0417 15.2016 24.8877 16.3486C23.7338 17.4956 23.4417 19.1222 24.2352 19.9818C25.0287 20.8414 26.6074 20.6084 27.7613 19.4614C28.9153 18.3144 29.2074 16.6878 28.4139 15.8282Z' fill='%236B46FE'/%3e%3cpath d='M22.1027 28.9905C22.6104 28.8614 22.7137 27.4512 22.3334 25.8407C21.9531 24.2303 21.2332 23.0294 20.7254 23.1585C20.2177 23.2876 20.1144 24.6978 20.4947 26.3083C20.875 27.9187 21.5949 29.1196 22.1027 28.9905Z' fill='%236B46FE'/%3e%3cpath d='M16.9269 16.6152C18.3917 17.0567 19.4621 17.8312 19.3176 18.3452C19.1731 18.8591 17.8686 18.9179 16.4037 18.4764C14.9389 18.0349 13.8686 17.2603 14.0131 16.7464C14.1575 16.2324 15.4621 16.1737 16.9269 16.6152Z' fill='%236B46FE'/%3e%3cpath d='M26.4342 22.4188C27.9889 22.8874 29.1322 23.6839 28.9877 24.1979C28.8432 24.7118 27.4657 24.7486 25.911 24.28C24.3563 23.8114 23.213 23.0148 23.3575 22.5009C23.502 21.9869 24.8795 21.9502 26.4342 22.4188Z' fill='%236B46FE'/%3e%3cpath d='M18.5752 21.3404C18.2119 20.9555 17.0205 21.5157 15.914 22.5915C14.8075 23.6673 14.2049 24.8514 14.5682 25.2363C14.9314 25.6211 16.1229 25.061 17.2294 23.9852C18.3359 22.9094 18.9384 21.7253 18.5752 21.3404Z' fill='%236B46FE'/%3e%3cpath d='M16 39C21 39.0001 23.5 39.0001 28 39' stroke='%236B46FE' stroke-width='3' stroke-linecap='round'/%3e%3c/svg%3e" />
              </div>
  
              <p
                class="pera-wallet-connect-modal-desktop-mode__web-wallet__description">
                Connect with Pera Web to continue
              </p>
            </div>
  
            <button
              id="pera-wallet-connect-web-wallet-launch-button"
              class="pera-wallet-connect-modal-desktop-mode__web-wallet__launch-button">
              Launch Pera Web
  
              <img src="data:image/svg+xml,%3csvg width='20' height='20' viewBox='0 0 20 20' fill='none' xmlns='http://www.w3.org/2000/svg'%3e%3cpath fill-rule='evenodd' clip-rule='evenodd' d='M13.0892 9.41009C13.4147 9.73553 13.4147 10.2632 13.0892 10.5886L8.08924 15.5886C7.7638 15.914 7.23616 15.914 6.91072 15.5886C6.58529 15.2632 6.58529 14.7355 6.91072 14.4101L11.3215 9.99935L6.91073 5.5886C6.58529 5.26317 6.58529 4.73553 6.91073 4.41009C7.23616 4.08466 7.7638 4.08466 8.08924 4.41009L13.0892 9.41009Z' fill='white'/%3e%3c/svg%3e" />
            </button>
          </div>`,Ot=`
  <div id="mobile-wallet-option" class="pera-wallet-accordion-item ${It?"pera-wallet-accordion-item--active":""}">
            <a class="pera-wallet-accordion-toggle">
            <button class="pera-wallet-accordion-toggle__button"></button>
  
              <img src="${gi}" class="pera-wallet-accordion-icon" />
  
              <div class="pera-wallet-accordion-toggle__text">
                Connect with
  
                <span class="pera-wallet-accordion-toggle__bold-color">
                  Pera Mobile
                </span>
              </div>
            </a>
  
            <div class="pera-wallet-accordion-item__content">
              <div id="pera-wallet-connect-modal-connect-qr-code" class="pera-wallet-connect-qr-code-wrapper"></div>
  
              <div class="pera-wallet-connect-modal-desktop-mode__download-pera-container">
                <p
                  class="pera-wallet-connect-modal-desktop-mode__download-pera-description">
                    Don\u2019t have Pera Wallet app?
                </p>
  
                <button
                  id="pera-wallet-connect-modal-desktop-mode-download-pera-button"
                  class="pera-wallet-connect-modal-desktop-mode__download-pera-button">
                  <img src="data:image/svg+xml,%3csvg width='16' height='16' viewBox='0 0 16 16' fill='none' xmlns='http://www.w3.org/2000/svg'%3e%3crect x='2' y='2' width='4.66667' height='4.66667' rx='1.2' stroke='%236B46FE' stroke-width='1.5'/%3e%3crect x='2' y='9.33203' width='4.66667' height='4.66667' rx='1.2' stroke='%236B46FE' stroke-width='1.5'/%3e%3crect x='9.33325' y='2' width='4.66667' height='4.66667' rx='1.2' stroke='%236B46FE' stroke-width='1.5'/%3e%3cpath d='M8.70581 9.5293H10.9411' stroke='%236B46FE' stroke-width='1.66667' stroke-linejoin='round'/%3e%3cpath d='M13.1765 12.668L14.6667 12.668' stroke='%236B46FE' stroke-width='1.66667' stroke-linejoin='round'/%3e%3cpath d='M13.1765 14L14.6667 14' stroke='%236B46FE' stroke-width='1.66667' stroke-linejoin='round'/%3e%3cpath d='M11.686 14L13.1762 14' stroke='%236B46FE' stroke-width='1.66667' stroke-linejoin='round'/%3e%3cpath d='M12.4314 9.5293H14.6667' stroke='%236B46FE' stroke-width='1.66667' stroke-linejoin='round'/%3e%3cpath d='M8.70581 10.2754H12.4313' stroke='%236B46FE' stroke-width='1.25' stroke-linejoin='round'/%3e%3cpath d='M10.196 11.7656H11.6862' stroke='%236B46FE' stroke-width='1.25' stroke-linejoin='round'/%3e%3cpath d='M10.196 12.5117H11.6862' stroke='%236B46FE' stroke-width='1.25' stroke-linejoin='round'/%3e%3cpath d='M8.70581 13.2539H10.196' stroke='%236B46FE' stroke-width='1.25' stroke-linejoin='round'/%3e%3cpath d='M8.70581 14H10.196' stroke='%236B46FE' stroke-width='1.25' stroke-linejoin='round'/%3e%3cpath d='M10.196 11.0195H12.4313' stroke='%236B46FE' stroke-width='1.25' stroke-linejoin='round'/%3e%3c/svg%3e" alt="QR Icon" />
  
                  Download Pera Wallet
                </button>
              </div>
            </div>
          </div>`;return{mobileWalletOption:document.createRange().createContextualFragment(Ot),webWalletOption:document.createRange().createContextualFragment(Qt)}})(ct);ct?(st?.appendChild(Mt),st?.appendChild(wt)):(st?.appendChild(wt),st?.appendChild(Mt))}}connectedCallback(){var Y;let st=this.getAttribute("should-display-new-badge"),ct=(Y=this.shadowRoot)===null||Y===void 0?void 0:Y.getElementById("pera-web-new-label");st==="false"&&ct?.setAttribute("style","display:none"),this.handleChangeView()}handleChangeView(){var Y,st,ct;let wt=(Y=this.shadowRoot)===null||Y===void 0?void 0:Y.getElementById("pera-wallet-connect-modal-desktop-mode-download-pera-button"),Mt=(st=this.shadowRoot)===null||st===void 0?void 0:st.getElementById("pera-wallet-connect-modal-download-pera-view-back-button"),It=(ct=this.shadowRoot)===null||ct===void 0?void 0:ct.getElementById("pera-wallet-connect-web-wallet-launch-button");wt&&wt.addEventListener("click",(()=>{this.onClickDownload()})),Mt&&Mt.addEventListener("click",(()=>{this.onClickBack()})),It&&It.addEventListener("click",(()=>{this.webWalletConnect()})),this.renderQRCode(),this.checkWebWalletAvaliability()}webWalletConnect(){this.getAttribute("is-web-wallet-avaliable")==="true"&&window.onWebWalletConnect()}handleAccordion(Y){var st,ct;if(Y.target instanceof Element){if(!Y.target.classList.contains("pera-wallet-accordion-toggle__button"))return;if(this.shadowRoot&&(!((st=Y.target.parentElement)===null||st===void 0)&&st.parentElement)){let wt=(ct=Y.target.parentElement)===null||ct===void 0?void 0:ct.parentElement;if(!wt||wt.classList.contains("pera-wallet-accordion-item--active"))return;let Mt=this.shadowRoot.querySelectorAll(".pera-wallet-accordion-item.pera-wallet-accordion-item--active");for(let It=0;It<Mt.length;It++)Mt[It].classList.remove("pera-wallet-accordion-item--active");wt.classList.toggle("pera-wallet-accordion-item--active")}}}renderQRCode(){var Y;let st=this.getAttribute("is-web-wallet-avaliable"),ct=this.getAttribute("compact-mode")==="true",wt=this.getAttribute("single-account")==="true",Mt=this.getAttribute("uri");wt&&(Mt=`${Mt}&singleAccount=true`);let It=st==="false"?250:205;if(ct&&(It=190),Mt){let Qt=new Wn.default({width:It,height:It,type:"svg",data:Mt,image:bi,dotsOptions:{color:"#000",type:"extra-rounded"},imageOptions:{crossOrigin:"anonymous",margin:8},cornersSquareOptions:{type:"extra-rounded"},cornersDotOptions:{type:"dot"}}),Ot=(Y=this.shadowRoot)===null||Y===void 0?void 0:Y.getElementById("pera-wallet-connect-modal-connect-qr-code");Ot&&Qt.append(Ot)}}onClickDownload(){if(this.shadowRoot){let Y=this.shadowRoot.getElementById("pera-wallet-connect-modal-desktop-mode");Y&&(Y.classList.remove("pera-wallet-connect-modal-desktop-mode--default"),Y.classList.add("pera-wallet-connect-modal-desktop-mode--download"))}}onClickBack(){if(this.shadowRoot){let Y=this.shadowRoot.getElementById("pera-wallet-connect-modal-desktop-mode");Y&&(Y.classList.add("pera-wallet-connect-modal-desktop-mode--default"),Y.classList.remove("pera-wallet-connect-modal-desktop-mode--download"))}}checkWebWalletAvaliability(){var Y;if(this.getAttribute("is-web-wallet-avaliable")==="false"){let st=(Y=this.shadowRoot)===null||Y===void 0?void 0:Y.querySelector(".pera-wallet-connect-modal-desktop-mode__default-view");st?.classList.add("pera-wallet-connect-modal-desktop-mode__default-view--web-wallet-not-avaliable")}}};function Bn(kt=!0){let Y=ci,st=Pn();return kt&&st&&(Y=`${Y}?browser=${encodeURIComponent(st)}`),Y}var Vn=`.pera-wallet-connect-modal-touch-screen-mode {
  display: grid;
  grid-template-columns: 1fr;
  gap: 46px;
  padding: 4px;
}

.pera-wallet-connect-modal-touch-screen-mode--pending-message-view {
  gap: 56px;
  grid-template-rows: auto 48px;
  height: 100%;
  padding-bottom: 70px;
}

.pera-wallet-connect-modal-touch-screen-mode__launch-pera-wallet-button,
.pera-wallet-connect-modal-touch-screen-mode__install-pera-wallet-button {
  display: block;
  padding: 14px;
  border-radius: 12px;
  text-decoration: none;
  text-align: center;
  font-size: 14px;
  line-height: 20px;
  letter-spacing: -0.09px;
  font-weight: 500;
}

.pera-wallet-connect-modal-touch-screen-mode__launch-pera-wallet-button {
  margin-bottom: 32px;
  background-color: #6b46fe;
  color: #ffffff;
}

.pera-wallet-connect-modal-touch-screen-mode__install-pera-wallet-button {
  margin-bottom: 20px;
  color: #6a6a81;
  background-color: #ffffff;
  box-shadow: 0px 0px 1px rgba(12, 26, 75, 0.24), 0px 3px 8px -1px rgba(50, 50, 71, 0.05);
}

.pera-wallet-connect-modal-touch-screen-mode__new-to-pera-box {
  position: relative;
  margin-bottom: 32px;
  border-top: 1px solid #e6e8ee;
}

.pera-wallet-connect-modal-touch-screen-mode__new-to-pera-box__text {
  position: absolute;
  top: -25px;
  right: calc(50% - 56px);
  width: 116px;
  color: #69708d;
  background-color: #ffffff;
  font-size: 13px;
  font-weight: 500;
  line-height: 24px;
  letter-spacing: -0.04px;
  text-align: center;
}`;xe(Vn);var _n=document.createElement("template"),Rn=class extends HTMLElement{constructor(){var Y;if(super(),this.attachShadow({mode:"open"}),_n.innerHTML=`
  <div class="pera-wallet-connect-modal-touch-screen-mode">
    <pera-wallet-connect-modal-information-section></pera-wallet-connect-modal-information-section>

    <div>
      <a
        id="pera-wallet-connect-modal-touch-screen-mode-launch-pera-wallet-button"
        class="pera-wallet-connect-modal-touch-screen-mode__launch-pera-wallet-button"
        rel="noopener noreferrer"
        target="_blank">
        Launch Pera Wallet
      </a>

      <div
        class="pera-wallet-connect-modal-touch-screen-mode__new-to-pera-box">
        <p
          class="pera-wallet-connect-modal-touch-screen-mode__new-to-pera-box__text"
          >
          New to Pera?
        </p>
      </div>

      <a
        href="https://perawallet.app/download/"
        class="pera-wallet-connect-modal-touch-screen-mode__install-pera-wallet-button"
        rel="noopener noreferrer"
        target="_blank">
        Install Pera Wallet
      </a>
    </div>
  </div>
`,this.shadowRoot){let st=document.createElement("style");st.textContent=Vn,this.shadowRoot.append(_n.content.cloneNode(!0),st);let ct=(Y=this.shadowRoot)===null||Y===void 0?void 0:Y.getElementById("pera-wallet-connect-modal-touch-screen-mode-launch-pera-wallet-button"),wt=this.getAttribute("uri"),Mt=this.getAttribute("single-account")==="true",It=this.getAttribute("selected-account")||void 0;ct&&wt&&(ct.setAttribute("href",(function(Qt,Ot){let ne=Bn(!1);En()&&!ne.includes("-wc")&&(ne=ne.replace("://","-wc://"));let qt=`${ne}wc?uri=${encodeURIComponent(Qt)}`,Dt=Pn();return di()&&(qt=Qt),Dt&&(qt=`${qt}&browser=${encodeURIComponent(Dt)}`),Ot?.singleAccount&&(qt=`${qt}&singleAccount=true`),Ot?.selectedAccount&&(qt=`${qt}&selectedAccount=${Ot.selectedAccount}`),qt})(wt,{singleAccount:Mt,selectedAccount:It})),ct.addEventListener("click",(()=>{this.onClickLaunch()})))}}onClickLaunch(){if(_n.innerHTML=`
    <div class="pera-wallet-connect-modal-touch-screen-mode pera-wallet-connect-modal-touch-screen-mode--pending-message-view">
      <pera-wallet-connect-modal-pending-message-section should-use-sound="${this.getAttribute("should-use-sound")}"></pera-wallet-connect-modal-pending-message-section>
    </div>
  `,this.shadowRoot){let Y=document.createElement("style");Y.textContent=Vn,this.shadowRoot.innerHTML="",this.shadowRoot.append(_n.content.cloneNode(!0),Y)}}},Li=`@import url("https://fonts.googleapis.com/css2?family=Inter:wght@400;500;600;700&display=swap");
.pera-wallet-modal {
  --pera-wallet-modal-font-family: "Inter", sans-serif;
  --pera-wallet-modal-compact-width: 380px;
  --pera-wallet-modal-compact-height: 396px;
  -webkit-font-smoothing: antialiased;
  -moz-osx-font-smoothing: grayscale;
  position: fixed;
  top: 0;
  right: 0;
  left: 0;
  bottom: 0;
  z-index: 999999;
  width: 100vw;
  height: 100vh;
  background-color: rgba(0, 0, 0, 0.7);
}
.pera-wallet-modal--select-account .pera-wallet-modal__body {
  width: 480px;
  height: 578px;
  background-color: #ffffff;
}
.pera-wallet-modal--mobile .pera-wallet-modal__body {
  top: 40px;
  bottom: 0;
  left: 0;
  width: 100%;
  max-width: unset;
  height: calc(100 * var(--vh));
  padding: 20px;
  background-color: #ffffff;
  box-shadow: 0 1px 4px rgba(0, 0, 0, 0.02), 0 4px 12px rgba(0, 0, 0, 0.03);
  border-radius: 20px 20px 0px 0px;
  animation: 0.3s PeraWalletConnectMobileSlideIn ease-out;
  overflow-y: auto;
  transform: unset;
}
.pera-wallet-modal--mobile .pera-wallet-modal__body::before {
  background-image: unset;
}
.pera-wallet-modal--compact:not(.pera-wallet-modal--mobile) .pera-wallet-modal__body {
  width: var(--pera-wallet-modal-compact-width);
  height: var(--pera-wallet-modal-compact-height);
  padding: 0;
}
.pera-wallet-modal * {
  box-sizing: border-box;
  margin: 0;
  padding: 0;
  font-family: var(--pera-wallet-modal-font-family);
  font-smooth: antialiased;
  -webkit-font-smoothing: antialiased;
  -moz-osx-font-smoothing: grayscale;
}
.pera-wallet-modal ul,
.pera-wallet-modal ol,
.pera-wallet-modal li {
  list-style-type: none;
}

.pera-wallet-button {
  display: flex;
  align-items: center;
  justify-content: center;
  width: auto;
  height: 48px;
  padding: 14px;
  border: none;
  border-radius: 12px;
  outline: none;
  cursor: pointer;
  font-family: var(--pera-wallet-modal-font-family);
  font-size: 14px;
}

.pera-wallet-modal__logo img {
  display: block;
  width: 32px;
}

.pera-wallet-modal__body {
  position: relative;
  top: 50%;
  left: 50%;
  width: 700px;
  max-width: calc(100vw - 80px);
  padding: 28px;
  background-color: #f3f3f7;
  box-shadow: 1px 2px 2px rgba(0, 0, 0, 0.08);
  border-radius: 24px;
  animation: 0.3s PeraWalletConnectSlideIn ease-out;
  transform: translate(-50%, -50%);
}
.pera-wallet-modal__body::before {
  --background-line: #1e0972 0 1.2px, transparent 0 calc(100% - 1.2px), #1e0972;
  position: absolute;
  top: 0;
  right: 0;
  bottom: 0;
  left: 0;
  z-index: -1;
  content: "";
  background-image: linear-gradient(var(--background-line)), linear-gradient(90deg, var(--background-line));
  background-size: 116px 116px;
  mix-blend-mode: overlay;
  border-radius: 24px;
  opacity: 0.8;
  pointer-events: none;
}

@media (max-width: 767px) {
  .pera-wallet-modal--desktop .pera-wallet-modal__body {
    width: 100%;
    max-width: calc(100vw - 32px);
    padding: 24px;
  }
}
@keyframes PeraWalletConnectSlideIn {
  0% {
    opacity: 0;
    transform: translate(-50%, calc(-50% + 24px));
  }
  100% {
    opacity: 1;
    transform: translate(-50%, -50%);
  }
}
@keyframes PeraWalletConnectMobileSlideIn {
  0% {
    top: 30%;
    opacity: 0;
  }
  100% {
    top: 40px;
    opacity: 1;
  }
}`;xe(Li);var xn=document.createElement("template"),Cn=Le()?`${Ke} ${Ke}--mobile`:`${Ke} ${Ke}--desktop`,On=class extends HTMLElement{constructor(){if(super(),this.attachShadow({mode:"open"}),this.shadowRoot){let Y=document.createElement("style");Y.textContent=Li,this.getAttribute("compact-mode")==="true"&&(Cn=`${Cn} ${Ke}--compact`);let st=this.getAttribute("single-account")==="true",ct=this.getAttribute("selected-account");Le()?(xn.innerHTML=`
        <div class="${Cn}">
          <div class="pera-wallet-modal__body" part="body">
            <pera-wallet-modal-header modal-id="${wn}"></pera-wallet-modal-header/>
      
            <pera-wallet-modal-touch-screen-mode uri="${this.getAttribute("uri")}" should-use-sound="${this.getAttribute("should-use-sound")}" single-account="${st}" selected-account="${ct}"></pera-wallet-modal-touch-screen-mode>
          </div>
        </div>
      `,this.shadowRoot.append(xn.content.cloneNode(!0),Y)):(xn.innerHTML=`
          <div class="${Cn}">
            <div class="pera-wallet-modal__body">
              <pera-wallet-modal-header modal-id="${wn}"></pera-wallet-modal-header/>
        
              <pera-wallet-modal-desktop-mode id="pera-wallet-modal-desktop-mode" uri="${this.getAttribute("uri")}" is-web-wallet-avaliable="${this.getAttribute("is-web-wallet-avaliable")}" should-display-new-badge="${this.getAttribute("should-display-new-badge")}" compact-mode="${this.getAttribute("compact-mode")}" promote-mobile="${this.getAttribute("promote-mobile")}" single-account="${st}"
        ></pera-wallet-modal-desktop-mode>
            </div>
          </div>
        `,this.shadowRoot.append(xn.content.cloneNode(!0),Y))}}},Ei=`@import url("https://fonts.googleapis.com/css2?family=Inter:wght@400;500;600;700&display=swap");
.pera-wallet-modal {
  --pera-wallet-modal-font-family: "Inter", sans-serif;
  --pera-wallet-modal-compact-width: 380px;
  --pera-wallet-modal-compact-height: 396px;
  -webkit-font-smoothing: antialiased;
  -moz-osx-font-smoothing: grayscale;
  position: fixed;
  top: 0;
  right: 0;
  left: 0;
  bottom: 0;
  z-index: 999999;
  width: 100vw;
  height: 100vh;
  background-color: rgba(0, 0, 0, 0.7);
}
.pera-wallet-modal--select-account .pera-wallet-modal__body {
  width: 480px;
  height: 578px;
  background-color: #ffffff;
}
.pera-wallet-modal--mobile .pera-wallet-modal__body {
  top: 40px;
  bottom: 0;
  left: 0;
  width: 100%;
  max-width: unset;
  height: calc(100 * var(--vh));
  padding: 20px;
  background-color: #ffffff;
  box-shadow: 0 1px 4px rgba(0, 0, 0, 0.02), 0 4px 12px rgba(0, 0, 0, 0.03);
  border-radius: 20px 20px 0px 0px;
  animation: 0.3s PeraWalletConnectMobileSlideIn ease-out;
  overflow-y: auto;
  transform: unset;
}
.pera-wallet-modal--mobile .pera-wallet-modal__body::before {
  background-image: unset;
}
.pera-wallet-modal--compact:not(.pera-wallet-modal--mobile) .pera-wallet-modal__body {
  width: var(--pera-wallet-modal-compact-width);
  height: var(--pera-wallet-modal-compact-height);
  padding: 0;
}
.pera-wallet-modal * {
  box-sizing: border-box;
  margin: 0;
  padding: 0;
  font-family: var(--pera-wallet-modal-font-family);
  font-smooth: antialiased;
  -webkit-font-smoothing: antialiased;
  -moz-osx-font-smoothing: grayscale;
}
.pera-wallet-modal ul,
.pera-wallet-modal ol,
.pera-wallet-modal li {
  list-style-type: none;
}

.pera-wallet-button {
  display: flex;
  align-items: center;
  justify-content: center;
  width: auto;
  height: 48px;
  padding: 14px;
  border: none;
  border-radius: 12px;
  outline: none;
  cursor: pointer;
  font-family: var(--pera-wallet-modal-font-family);
  font-size: 14px;
}

.pera-wallet-modal__logo img {
  display: block;
  width: 32px;
}

.pera-wallet-modal__body {
  position: relative;
  top: 50%;
  left: 50%;
  width: 700px;
  max-width: calc(100vw - 80px);
  padding: 28px;
  background-color: #f3f3f7;
  box-shadow: 1px 2px 2px rgba(0, 0, 0, 0.08);
  border-radius: 24px;
  animation: 0.3s PeraWalletConnectSlideIn ease-out;
  transform: translate(-50%, -50%);
}
.pera-wallet-modal__body::before {
  --background-line: #1e0972 0 1.2px, transparent 0 calc(100% - 1.2px), #1e0972;
  position: absolute;
  top: 0;
  right: 0;
  bottom: 0;
  left: 0;
  z-index: -1;
  content: "";
  background-image: linear-gradient(var(--background-line)), linear-gradient(90deg, var(--background-line));
  background-size: 116px 116px;
  mix-blend-mode: overlay;
  border-radius: 24px;
  opacity: 0.8;
  pointer-events: none;
}

@media (max-width: 767px) {
  .pera-wallet-modal--desktop .pera-wallet-modal__body {
    width: 100%;
    max-width: calc(100vw - 32px);
    padding: 24px;
  }
}
@keyframes PeraWalletConnectSlideIn {
  0% {
    opacity: 0;
    transform: translate(-50%, calc(-50% + 24px));
  }
  100% {
    opacity: 1;
    transform: translate(-50%, -50%);
  }
}
@keyframes PeraWalletConnectMobileSlideIn {
  0% {
    top: 30%;
    opacity: 0;
  }
  100% {
    top: 40px;
    opacity: 1;
  }
}
.pera-wallet-redirect-modal {
  display: grid;
  grid-template-columns: 1fr;
  gap: 56px;
  grid-template-rows: auto 48px;
  height: 100%;
  padding: 4px;
  padding-bottom: 70px;
}

.pera-wallet-redirect-modal__content {
  display: flex;
  align-items: center;
  justify-content: center;
  flex-direction: column;
}

.pera-wallet-redirect-modal__content__title {
  margin: 20px 0 8px;
  color: #3c3c49;
  font-size: 18px;
  font-weight: 600;
  line-height: 22px;
  letter-spacing: -0.26px;
}

.pera-wallet-redirect-modal__content__description,
.pera-wallet-redirect-modal__content__install-pera-text {
  color: #3c3c49;
  max-width: 271px;
  font-size: 14px;
  font-weight: 400;
  line-height: 24px;
  letter-spacing: -0.09px;
  text-align: center;
}

.pera-wallet-redirect-modal__content__description {
  margin-bottom: 24px;
}

.pera-wallet-redirect-modal__content__install-pera-text__link {
  color: #6b46fe;
  font-size: 14px;
  font-weight: 400;
  line-height: 24px;
  letter-spacing: -0.09px;
  text-align: center;
}

.pera-wallet-redirect-modal__launch-pera-wallet-button {
  display: block;
  padding: 14px;
  color: #ffffff;
  background-color: #6b46fe;
  border-radius: 12px;
  text-decoration: none;
  text-align: center;
  font-size: 14px;
  line-height: 20px;
  letter-spacing: -0.09px;
  font-weight: 500;
}`;xe(Ei);var Pi=document.createElement("template");Pi.innerHTML=`
  <div class="pera-wallet-modal pera-wallet-modal--mobile">
    <div class="pera-wallet-modal__body">
      <pera-wallet-modal-header modal-id="${dn}"></pera-wallet-modal-header/>

      <div class="pera-wallet-redirect-modal">
        <div class="pera-wallet-redirect-modal__content">
          <img src="data:image/svg+xml,%3csvg width='120' height='38' viewBox='0 0 120 38' fill='none' xmlns='http://www.w3.org/2000/svg'%3e%3cg clip-path='url(%23clip0_38844_290434)'%3e%3cpath d='M103.739 28.6746H109.565' stroke='%236B46FE' stroke-width='3' stroke-linecap='round' stroke-linejoin='round'/%3e%3cpath d='M112.25 37H100.75C97.5731 37 95 34.2336 95 30.8182V9.18182C95 5.76636 97.5731 3 100.75 3H112.25C115.427 3 118 5.76636 118 9.18182V30.8182C118 34.2336 115.427 37 112.25 37Z' fill='%236B46FE' fill-opacity='0.1' stroke='%236B46FE' stroke-width='3' stroke-linecap='round' stroke-linejoin='round'/%3e%3crect y='1' width='36' height='36' rx='7.76829' fill='%236B46FE' fill-opacity='0.1'/%3e%3cpath d='M19.6057 9.47351C20.1851 11.8819 19.9967 14.0022 19.1848 14.2093C18.373 14.4164 17.2452 12.6319 16.6658 10.2235C16.0864 7.81514 16.2748 5.69486 17.0867 5.48775C17.8985 5.28063 19.0263 7.06512 19.6057 9.47351Z' fill='%236B46FE'/%3e%3cpath d='M29.0775 11.5213C27.8045 10.1593 25.2795 10.5358 23.4378 12.3621C21.5961 14.1885 21.1352 16.7732 22.4083 18.1352C23.6814 19.4972 26.2064 19.1207 28.048 17.2943C29.8897 15.4679 30.3506 12.8832 29.0775 11.5213Z' fill='%236B46FE'/%3e%3cpath d='M19.0324 32.4518C19.8443 32.2446 20.0039 30.0045 19.3889 27.4483C18.774 24.8921 17.6173 22.9877 16.8055 23.1948C15.9937 23.402 15.834 25.6421 16.449 28.1983C17.064 30.7545 18.2206 32.6589 19.0324 32.4518Z' fill='%236B46FE'/%3e%3cpath d='M10.7016 12.818C13.0471 13.5132 14.7627 14.739 14.5336 15.5559C14.3045 16.3728 12.2175 16.4714 9.87199 15.7762C7.52653 15.0809 5.81087 13.8551 6.03996 13.0383C6.26906 12.2214 8.35615 12.1228 10.7016 12.818Z' fill='%236B46FE'/%3e%3cpath d='M25.9365 21.9967C28.4259 22.7346 30.2583 23.995 30.0292 24.8119C29.8001 25.6287 27.5963 25.6927 25.1069 24.9548C22.6174 24.2169 20.7851 22.9565 21.0141 22.1397C21.2432 21.3228 23.447 21.2588 25.9365 21.9967Z' fill='%236B46FE'/%3e%3cpath d='M13.3578 20.316C12.775 19.7063 10.8709 20.6007 9.10487 22.3139C7.33879 24.0271 6.37952 25.9102 6.96226 26.5199C7.54501 27.1297 9.4491 26.2352 11.2152 24.522C12.9813 22.8089 13.9405 20.9258 13.3578 20.316Z' fill='%236B46FE'/%3e%3cpath d='M70.2098 10L75.3049 15.0945L52 15.0945' stroke='%23D0CAE7' stroke-width='3'/%3e%3cpath d='M60.7902 29.5945L55.6951 24.5L79 24.5' stroke='%23D0CAE7' stroke-width='3'/%3e%3c/g%3e%3cdefs%3e%3cclipPath id='clip0_38844_290434'%3e%3crect width='120' height='38' fill='white'/%3e%3c/clipPath%3e%3c/defs%3e%3c/svg%3e" />

          <h1 class="pera-wallet-redirect-modal__content__title">
            Can't Launch Pera
          </h1>

          <p class="pera-wallet-redirect-modal__content__description">
            We couldn't redirect you to Pera Wallet automatically. Please try again.
          </p>

          <p class="pera-wallet-redirect-modal__content__install-pera-text">
            Don't have Pera Wallet installed yet?
            <br />
            
            <a
              id="pera-wallet-redirect-modal-download-pera-link"
              class="pera-wallet-redirect-modal__content__install-pera-text__link"
              href="https://perawallet.app/download/"
              rel="noopener noreferrer"
              target="_blank">
              Tap here to install.
            </a>
          </p>
        </div>

        <a
          id="pera-wallet-redirect-modal-launch-pera-link"
          class="pera-wallet-redirect-modal__launch-pera-wallet-button"
          rel="noopener noreferrer"
          target="_blank">
          Launch Pera Wallet
        </a>
      </div>
    </div>
  </div>
`;var Dn=class extends HTMLElement{constructor(){var Y,st;if(super(),this.attachShadow({mode:"open"}),this.shadowRoot){let ct=document.createElement("style");ct.textContent=Ei,this.shadowRoot.append(Pi.content.cloneNode(!0),ct);let wt=(Y=this.shadowRoot)===null||Y===void 0?void 0:Y.getElementById("pera-wallet-redirect-modal-download-pera-link");wt?.addEventListener("click",(()=>{this.onClose()}));let Mt=(st=this.shadowRoot)===null||st===void 0?void 0:st.getElementById("pera-wallet-redirect-modal-launch-pera-link");Mt?.addEventListener("click",(()=>{this.onClose(),window.open(Bn(),"_blank")}))}}connectedCallback(){let Y=window.open(Bn(),"_blank");Y&&!Y.closed&&this.onClose()}onClose(){cn(dn)}},Fi="data:image/svg+xml,%3csvg width='32' height='35' viewBox='0 0 32 35' fill='none' xmlns='http://www.w3.org/2000/svg'%3e%3cpath d='M18.2837 5.09271C19.0234 8.12325 18.7827 10.7913 17.7463 11.0519C16.7098 11.3126 15.27 9.06712 14.5304 6.03657C13.7908 3.00603 14.0315 0.337996 15.0679 0.0773547C16.1044 -0.183287 17.5441 2.06216 18.2837 5.09271Z' fill='%233C3C49'/%3e%3cpath d='M30.376 7.66915C28.7507 5.95537 25.5271 6.42918 23.1759 8.72745C20.8247 11.0257 20.2361 14.2781 21.8614 15.9919C23.4866 17.7057 26.7102 17.2319 29.0614 14.9336C31.4127 12.6354 32.0012 9.38294 30.376 7.66915Z' fill='%233C3C49'/%3e%3cpath d='M17.5511 34.0071C18.5876 33.7465 18.7914 30.9276 18.0064 27.711C17.2214 24.4945 15.7448 22.0982 14.7084 22.3589C13.6719 22.6195 13.4681 25.4383 14.2531 28.6549C15.0381 31.8715 16.5147 34.2677 17.5511 34.0071Z' fill='%233C3C49'/%3e%3cpath d='M6.91617 9.3015C9.9105 10.1763 12.1008 11.7187 11.8083 12.7466C11.5158 13.7745 8.85126 13.8986 5.85693 13.0239C2.8626 12.1491 0.672334 10.6067 0.964835 9.57881C1.25734 8.5509 3.92184 8.42674 6.91617 9.3015Z' fill='%233C3C49'/%3e%3cpath d='M26.3656 20.8508C29.5437 21.7793 31.883 23.3652 31.5905 24.3932C31.298 25.4211 28.4845 25.5017 25.3063 24.5732C22.1282 23.6448 19.7889 22.0588 20.0814 21.0309C20.3739 20.003 23.1874 19.9224 26.3656 20.8508Z' fill='%233C3C49'/%3e%3cpath d='M10.3069 18.7365C9.56299 17.9692 7.13209 19.0948 4.87736 21.2506C2.62264 23.4064 1.39791 25.776 2.14185 26.5432C2.8858 27.3105 5.3167 26.1849 7.57143 24.0291C9.82615 21.8733 11.0509 19.5037 10.3069 18.7365Z' fill='%233C3C49'/%3e%3c/svg%3e",Ti=`.pera-wallet-connect-modal-information-section {
  padding: 12px;
  padding-right: 0;
}
.pera-wallet-connect-modal-information-section--mobile {
  padding: 0;
}
.pera-wallet-connect-modal-information-section--mobile .pera-wallet-connect-modal-information-section__pera-icon {
  margin-bottom: 16px;
}
.pera-wallet-connect-modal-information-section--mobile .pera-wallet-connect-modal-information-section__connect-pera-title {
  margin-bottom: 8px;
  color: #3c3c49;
  font-size: 18px;
  font-weight: 600;
  line-height: 22px;
  letter-spacing: -0.2px;
}
.pera-wallet-connect-modal-information-section--mobile .pera-wallet-connect-modal-information-section__title {
  margin-bottom: 24px;
  color: #3c3c49;
  font-size: 14px;
  line-height: 24px;
  letter-spacing: -0.09px;
  font-weight: 400;
}
.pera-wallet-connect-modal-information-section--mobile .pera-wallet-connect-modal-information-section__features-item__icon-wrapper {
  background-color: #f2f3f8;
}
.pera-wallet-connect-modal-information-section--mobile .pera-wallet-connect-modal-information-section__features-item__description {
  color: #6a6a81;
}
.pera-wallet-connect-modal-information-section * {
  box-sizing: border-box;
  margin: 0;
  padding: 0;
  font-family: var(--pera-wallet-modal-font-family);
  font-smooth: antialiased;
  -webkit-font-smoothing: antialiased;
  -moz-osx-font-smoothing: grayscale;
}

.pera-wallet-connect-modal-information-section__pera-icon {
  margin-bottom: 32px;
}

.pera-wallet-connect-modal-information-section__title {
  margin-bottom: 148px;
  color: #3c3c49;
  font-size: 20px;
  font-weight: 500;
  line-height: 24px;
  letter-spacing: -0.5px;
}

.pera-wallet-connect-modal-information-section__secondary-title {
  margin-bottom: 20px;
  color: #9d9dae;
  font-size: 11px;
  font-weight: 600;
  line-height: 18px;
  letter-spacing: 0.06px;
  text-transform: uppercase;
}

.pera-wallet-connect-modal-information-section__features-item {
  display: grid;
  align-items: center;
  grid-template-columns: 36px auto;
  gap: 16px;
}
.pera-wallet-connect-modal-information-section__features-item:not(:last-of-type) {
  margin-bottom: 24px;
}

.pera-wallet-connect-modal-information-section__features-item__icon-wrapper {
  display: flex;
  align-items: center;
  justify-content: center;
  width: 36px;
  height: 36px;
  background-color: #ffffff;
  border-radius: 50%;
}

.pera-wallet-connect-modal-information-section__features-item__description {
  color: #6a6a81;
  font-size: 12px;
  font-weight: 500;
  line-height: 18px;
  letter-spacing: 0.01px;
}

@media (max-width: 767px) {
  .pera-wallet-connect-modal-information-section--desktop {
    padding: 0;
  }
  .pera-wallet-connect-modal-information-section--desktop .pera-wallet-connect-modal-information-section__pera-icon {
    margin-bottom: 12px;
  }
  .pera-wallet-connect-modal-information-section--desktop .pera-wallet-connect-modal-information-section__title {
    margin-bottom: 24px;
    font-size: 16px;
    font-weight: 500;
    line-height: 24px;
    letter-spacing: -0.26px;
  }
  .pera-wallet-connect-modal-information-section--desktop .pera-wallet-connect-modal-information-section__features-item {
    display: none;
  }
  .pera-wallet-connect-modal-information-section__secondary-title {
    display: none;
  }
}`;xe(Ti);var Ii=document.createElement("template"),fr=Le()?"pera-wallet-connect-modal-information-section pera-wallet-connect-modal-information-section--mobile":"pera-wallet-connect-modal-information-section pera-wallet-connect-modal-information-section--desktop";Ii.innerHTML=`
  <section class="${fr}">
    <img
      id="pera-wallet-connect-modal-information-section-pera-icon"
      src="${Fi}"
      class="pera-wallet-connect-modal-information-section__pera-icon"
      alt="Pera Wallet Logo"
    />

    <h1 id="pera-wallet-connect-modal-information-section-connect-pera-mobile" class="pera-wallet-connect-modal-information-section__connect-pera-title">
        Connect to Pera Wallet
    </h1>

    <h1 class="pera-wallet-connect-modal-information-section__title">
      Simply the best Algorand wallet.
    </h1>

    <h2 id="pera-wallet-connect-modal-information-section-secondary-title" class="pera-wallet-connect-modal-information-section__secondary-title">
      Features
    </h2>

    <ul>
      <li class="pera-wallet-connect-modal-information-section__features-item">
        <div class="pera-wallet-connect-modal-information-section__features-item__icon-wrapper">
          <img src="data:image/svg+xml,%3csvg width='20' height='21' viewBox='0 0 20 21' fill='none' xmlns='http://www.w3.org/2000/svg'%3e%3cpath d='M2.5 10.1378C2.5 10.8378 3.025 11.6461 3.66667 11.9294L9.325 14.4461C9.75833 14.6378 10.25 14.6378 10.675 14.4461L16.3333 11.9294C16.975 11.6461 17.5 10.8378 17.5 10.1378M2.5 14.3044C2.5 15.0794 2.95833 15.7794 3.66667 16.0961L9.325 18.6128C9.75833 18.8044 10.25 18.8044 10.675 18.6128L16.3333 16.0961C17.0417 15.7794 17.5 15.0794 17.5 14.3044M10.8417 3.4043L15.7583 5.58763C17.175 6.21263 17.175 7.24596 15.7583 7.87096L10.8417 10.0543C10.2833 10.3043 9.36668 10.3043 8.80835 10.0543L3.89168 7.87096C2.47502 7.24596 2.47502 6.21263 3.89168 5.58763L8.80835 3.4043C9.36668 3.1543 10.2833 3.1543 10.8417 3.4043Z' stroke='%239D9DAE' stroke-width='1.5' stroke-linecap='round' stroke-linejoin='round'/%3e%3c/svg%3e" alt="Layer Icon" />
        </div>
        
        <p
          class="pera-wallet-connect-modal-information-section__features-item__description">
          Connect to any Algorand dApp securely
        </p>
      </li>

      <li class="pera-wallet-connect-modal-information-section__features-item">
        <div
          class="pera-wallet-connect-modal-information-section__features-item__icon-wrapper">
          <img src="data:image/svg+xml,%3csvg width='24' height='25' viewBox='0 0 24 25' fill='none' xmlns='http://www.w3.org/2000/svg'%3e%3cpath d='M9.58033 12.3109C9.28744 12.018 8.81257 12.018 8.51967 12.3109C8.22678 12.6038 8.22678 13.0787 8.51967 13.3716L9.58033 12.3109ZM10.66 14.4512L10.1297 14.9816C10.4226 15.2745 10.8974 15.2745 11.1903 14.9816L10.66 14.4512ZM15.4903 10.6816C15.7832 10.3887 15.7832 9.91381 15.4903 9.62092C15.1974 9.32803 14.7226 9.32803 14.4297 9.62092L15.4903 10.6816ZM19.84 8.09125C19.84 8.50546 20.1758 8.84125 20.59 8.84125C21.0042 8.84125 21.34 8.50546 21.34 8.09125H19.84ZM18.5 5.07125L18.2368 5.77355L18.2373 5.77375L18.5 5.07125ZM13.51 3.20125L13.7732 2.49894L13.7724 2.49866L13.51 3.20125ZM10.49 3.20125L10.2276 2.49865L10.2256 2.49941L10.49 3.20125ZM5.5 5.08125L5.76268 5.78375L5.76442 5.78309L5.5 5.08125ZM5.14 18.9612L4.69102 19.562L4.69135 19.5623L5.14 18.9612ZM9.44 22.1713L9.89069 21.5718L9.88866 21.5702L9.44 22.1713ZM14.58 22.1713L14.1313 21.5702L14.1293 21.5718L14.58 22.1713ZM18.88 18.9612L19.3287 19.5623L19.329 19.562L18.88 18.9612ZM21.36 8.09125C21.36 7.67704 21.0242 7.34125 20.61 7.34125C20.1958 7.34125 19.86 7.67704 19.86 8.09125H21.36ZM8.51967 13.3716L10.1297 14.9816L11.1903 13.9209L9.58033 12.3109L8.51967 13.3716ZM11.1903 14.9816L15.4903 10.6816L14.4297 9.62092L10.1297 13.9209L11.1903 14.9816ZM21.34 8.09125C21.34 7.29392 21.0398 6.50041 20.5931 5.85456C20.1463 5.20881 19.5097 4.64807 18.7627 4.36875L18.2373 5.77375C18.6403 5.92443 19.0487 6.25869 19.3595 6.70794C19.6702 7.15709 19.84 7.65858 19.84 8.09125H21.34ZM18.7632 4.36895L13.7732 2.49895L13.2468 3.90355L18.2368 5.77355L18.7632 4.36895ZM13.7724 2.49866C13.2479 2.30277 12.6051 2.21875 12 2.21875C11.3949 2.21875 10.7521 2.30277 10.2276 2.49866L10.7524 3.90384C11.0579 3.78973 11.5101 3.71875 12 3.71875C12.4899 3.71875 12.9421 3.78973 13.2476 3.90384L13.7724 2.49866ZM10.2256 2.49941L5.23558 4.37941L5.76442 5.78309L10.7544 3.90309L10.2256 2.49941ZM5.23733 4.37875C4.49043 4.65803 3.85398 5.2186 3.40741 5.86265C2.96095 6.50656 2.66 7.2978 2.66 8.09125H4.16C4.16 7.6647 4.32906 7.16594 4.64009 6.71735C4.95103 6.2689 5.35957 5.93447 5.76268 5.78375L5.23733 4.37875ZM2.66 8.09125V15.5212H4.16V8.09125H2.66ZM2.66 15.5212C2.66 16.2602 2.8989 17.059 3.24874 17.7545C3.59871 18.4503 4.09802 19.1188 4.69102 19.562L5.58899 18.3605C5.23198 18.0937 4.86629 17.6322 4.58877 17.0805C4.31111 16.5285 4.16 15.9623 4.16 15.5212H2.66ZM4.69135 19.5623L8.99135 22.7723L9.88866 21.5702L5.58866 18.3602L4.69135 19.5623ZM8.98932 22.7707C9.84721 23.4157 10.9462 23.7163 12.01 23.7163C13.0738 23.7163 14.1728 23.4157 15.0307 22.7707L14.1293 21.5718C13.5772 21.9868 12.8112 22.2163 12.01 22.2163C11.2088 22.2163 10.4428 21.9868 9.89068 21.5718L8.98932 22.7707ZM15.0287 22.7723L19.3287 19.5623L18.4313 18.3602L14.1313 21.5702L15.0287 22.7723ZM19.329 19.562C19.922 19.1188 20.4213 18.4503 20.7713 17.7545C21.1211 17.059 21.36 16.2602 21.36 15.5212H19.86C19.86 15.9623 19.7089 16.5285 19.4312 17.0805C19.1537 17.6322 18.788 18.0937 18.431 18.3605L19.329 19.562ZM21.36 15.5212V8.09125H19.86V15.5212H21.36Z' fill='%239D9DAE'/%3e%3c/svg%3e" alt="Tick Icon" />
        </div>

        <p
          class="pera-wallet-connect-modal-information-section__features-item__description">
          Your private keys are safely stored locally
        </p>
      </li>

      <li class="pera-wallet-connect-modal-information-section__features-item">
        <div
          class="pera-wallet-connect-modal-information-section__features-item__icon-wrapper">
          <img src="data:image/svg+xml,%3csvg width='20' height='21' viewBox='0 0 20 21' fill='none' xmlns='http://www.w3.org/2000/svg'%3e%3cpath d='M18.05 9.67014L17.3198 9.49894L18.05 9.67014ZM17.2333 13.1535L16.5031 12.9823L16.5029 12.9835L17.2333 13.1535ZM12.55 17.1285L12.6218 16.3818L12.6098 16.3809L12.55 17.1285ZM11.2 16.9035L11.376 16.1744L11.3737 16.1739L11.2 16.9035ZM9.8 16.5701L9.97372 15.8405L9.97324 15.8404L9.8 16.5701ZM6.06667 10.5451L6.79687 10.7163L6.79696 10.7159L6.06667 10.5451ZM6.88334 7.05347L6.15327 6.88169L6.15304 6.88267L6.88334 7.05347ZM7.5 5.22014L8.17303 5.55114L8.17523 5.54659L7.5 5.22014ZM12.9167 3.32014L12.744 4.05L12.7461 4.05049L12.9167 3.32014ZM14.3083 3.64514L14.4791 2.91485L14.4789 2.91479L14.3083 3.64514ZM10.5917 18.0285L10.359 17.3155L10.3572 17.3161L10.5917 18.0285ZM9.27501 18.4618L9.50516 19.1756L9.50947 19.1742L9.27501 18.4618ZM3.15001 15.3285L2.43654 15.5597L2.43672 15.5603L3.15001 15.3285ZM2.08334 12.0368L1.36953 12.267L1.36987 12.268L2.08334 12.0368ZM5.20834 5.91182L5.43849 6.62565L5.44281 6.62423L5.20834 5.91182ZM6.52501 5.47848L6.29831 4.76352L6.29055 4.76608L6.52501 5.47848ZM10.7177 7.35149C10.3162 7.24967 9.90818 7.49261 9.80635 7.89411C9.70453 8.29561 9.94746 8.70364 10.349 8.80546L10.7177 7.35149ZM14.3906 9.83046C14.7921 9.93229 15.2002 9.68935 15.302 9.28785C15.4038 8.88635 15.1609 8.47832 14.7594 8.37649L14.3906 9.83046ZM9.90211 10.5768C9.50076 10.4743 9.09238 10.7167 8.98996 11.118C8.88755 11.5194 9.12988 11.9278 9.53124 12.0302L9.90211 10.5768ZM11.9479 12.6469C12.3493 12.7493 12.7576 12.5069 12.8601 12.1056C12.9625 11.7042 12.7201 11.2958 12.3188 11.1934L11.9479 12.6469ZM17.3198 9.49894L16.5031 12.9823L17.9635 13.3247L18.7802 9.84133L17.3198 9.49894ZM16.5029 12.9835C16.168 14.4224 15.6979 15.2955 15.1165 15.793C14.5605 16.2688 13.7912 16.4944 12.6218 16.3819L12.4782 17.875C13.9088 18.0126 15.1312 17.7548 16.0918 16.9327C17.0271 16.1323 17.5986 14.8928 17.9638 13.3234L16.5029 12.9835ZM12.6098 16.3809C12.2388 16.3512 11.8281 16.2835 11.376 16.1744L11.024 17.6325C11.5386 17.7567 12.0279 17.8391 12.4902 17.8761L12.6098 16.3809ZM11.3737 16.1739L9.97372 15.8405L9.62629 17.2997L11.0263 17.6331L11.3737 16.1739ZM9.97324 15.8404C8.30732 15.4449 7.40652 14.876 6.96107 14.1588C6.51616 13.4425 6.40566 12.385 6.79687 10.7163L5.33647 10.3739C4.91101 12.1887 4.92968 13.7311 5.68685 14.9502C6.44349 16.1685 7.81769 16.8704 9.62676 17.2999L9.97324 15.8404ZM6.79696 10.7159L7.61363 7.22428L6.15304 6.88267L5.33638 10.3743L6.79696 10.7159ZM7.6134 7.22525C7.77277 6.54795 7.95691 5.99053 8.17301 5.55113L6.82699 4.88915C6.54309 5.46641 6.32724 6.14234 6.15327 6.88169L7.6134 7.22525ZM8.17523 5.54659C8.59604 4.67619 9.11898 4.20234 9.77488 3.97598C10.4657 3.73759 11.4133 3.73525 12.744 4.05L13.0893 2.59028C11.6367 2.2467 10.3635 2.18603 9.28554 2.55805C8.17269 2.94211 7.37896 3.74743 6.82478 4.89369L8.17523 5.54659ZM12.7461 4.05049L14.1378 4.37549L14.4789 2.91479L13.0872 2.58979L12.7461 4.05049ZM14.1375 4.37543C15.8111 4.76687 16.7126 5.33603 17.1575 6.05304C17.6023 6.77006 17.7112 7.82942 17.3198 9.49894L18.7802 9.84133C19.2054 8.02753 19.1893 6.48272 18.4321 5.26224C17.6749 4.04175 16.2972 3.34008 14.4791 2.91485L14.1375 4.37543ZM12.1294 16.5075C11.6911 16.8045 11.1123 17.0697 10.359 17.3155L10.8243 18.7415C11.6544 18.4706 12.3756 18.1525 12.9706 17.7494L12.1294 16.5075ZM10.3572 17.3161L9.04055 17.7494L9.50947 19.1742L10.8261 18.7409L10.3572 17.3161ZM9.04486 17.748C7.46037 18.2589 6.43607 18.2362 5.71663 17.8681C4.99693 17.4999 4.37829 16.6816 3.8633 15.0967L2.43672 15.5603C2.99673 17.2837 3.78642 18.5654 5.03339 19.2035C6.28062 19.8416 7.78131 19.7314 9.50516 19.1756L9.04486 17.748ZM3.86348 15.0973L2.79682 11.8056L1.36987 12.268L2.43654 15.5597L3.86348 15.0973ZM2.79716 11.8067C2.28607 10.2215 2.3068 9.19457 2.67362 8.4739C3.03983 7.75443 3.85506 7.13616 5.43849 6.62563L4.9782 5.198C3.25329 5.75414 1.97269 6.54421 1.33682 7.79348C0.701551 9.04157 0.813948 10.5438 1.36953 12.267L2.79716 11.8067ZM5.44281 6.62423L6.75947 6.19089L6.29055 4.76608L4.97388 5.19941L5.44281 6.62423ZM6.75169 6.19341C7.08205 6.08866 7.37424 6.00724 7.63942 5.95707L7.36058 4.48321C7.00909 4.54971 6.6513 4.65164 6.29833 4.76356L6.75169 6.19341ZM10.349 8.80546L14.3906 9.83046L14.7594 8.37649L10.7177 7.35149L10.349 8.80546ZM9.53124 12.0302L11.9479 12.6469L12.3188 11.1934L9.90211 10.5768L9.53124 12.0302Z' fill='%239D9DAE'/%3e%3c/svg%3e" alt="Note Icon" />
        </div>

        <p
          class="pera-wallet-connect-modal-information-section__features-item__description">
          View NFTs, buy and swap crypto and more
        </p>
      </li>
    </ul>
  </section>
`;var qn=class extends HTMLElement{constructor(){var Y,st,ct,wt;super(),this.attachShadow({mode:"open"});let Mt=((Y=document.querySelector("pera-wallet-connect-modal"))===null||Y===void 0?void 0:Y.getAttribute("compact-mode"))==="true";if(this.shadowRoot&&(!Mt&&!Le()||Le())){let It=document.createElement("style");It.textContent=Ti,this.shadowRoot.append(Ii.content.cloneNode(!0),It),Le()?(st=this.shadowRoot.getElementById("pera-wallet-connect-modal-information-section-title"))===null||st===void 0||st.setAttribute("style","display: none;"):((ct=this.shadowRoot.getElementById("pera-wallet-connect-modal-information-section-pera-icon"))===null||ct===void 0||ct.setAttribute("src","data:image/svg+xml,%3csvg width='84' height='38' viewBox='0 0 84 38' fill='none' xmlns='http://www.w3.org/2000/svg'%3e%3cpath d='M19.806 8.62773C20.4416 11.2609 20.2268 13.5772 19.3262 13.8012C18.4256 14.0253 17.1803 12.0723 16.5448 9.43906C15.9092 6.80585 16.1241 4.48959 17.0246 4.26555C17.9252 4.04151 19.1705 5.99452 19.806 8.62773Z' fill='%233C3C49'/%3e%3cpath d='M30.3007 10.8917C28.8932 9.3999 26.0929 9.80424 24.0461 11.7948C21.9994 13.7853 21.4812 16.6082 22.8887 18.1C24.2962 19.5917 27.0964 19.1874 29.1432 17.1969C31.1899 15.2064 31.7082 12.3834 30.3007 10.8917Z' fill='%233C3C49'/%3e%3cpath d='M19.1061 33.734C20.0067 33.5099 20.1899 31.0627 19.5153 28.2678C18.8408 25.473 17.5639 23.3889 16.6633 23.613C15.7627 23.837 15.5795 26.2843 16.2541 29.0791C16.9286 31.874 18.2056 33.958 19.1061 33.734Z' fill='%233C3C49'/%3e%3cpath d='M9.92571 12.2574C12.5239 13.0236 14.4224 14.3678 14.1662 15.2597C13.9099 16.1517 11.5959 16.2536 8.99771 15.4874C6.3995 14.7212 4.50098 13.377 4.75724 12.4851C5.0135 11.5931 7.3275 11.4912 9.92571 12.2574Z' fill='%233C3C49'/%3e%3cpath d='M26.7892 22.3292C29.5469 23.1424 31.5747 24.5247 31.3184 25.4167C31.0621 26.3086 28.6189 26.3724 25.8612 25.5592C23.1035 24.7459 21.0757 23.3636 21.3319 22.4717C21.5882 21.5797 24.0315 21.5159 26.7892 22.3292Z' fill='%233C3C49'/%3e%3cpath d='M12.8493 20.4577C12.205 19.7898 10.0916 20.7619 8.12896 22.6289C6.16631 24.4959 5.09759 26.5509 5.7419 27.2188C6.38622 27.8867 8.49958 26.9146 10.4622 25.0476C12.4249 23.1806 13.4936 21.1256 12.8493 20.4577Z' fill='%233C3C49'/%3e%3cpath d='M41.691 12.5347V11.9635H39.3366V27.1957H41.691V23.0915C41.691 22.6472 41.691 22.2876 41.6482 21.801H41.691C42.5471 23.1973 44.0026 23.9377 45.7148 23.9377C48.6043 23.9377 51.1299 21.7587 51.1299 17.7179C51.1299 13.7617 48.6043 11.625 45.7148 11.625C44.0668 11.625 42.6113 12.3443 41.691 13.7617H41.6482C41.691 13.2963 41.691 12.9578 41.691 12.5347ZM45.1155 21.9279C42.9324 21.9068 41.6696 20.0662 41.6696 17.6967C41.6696 15.4542 42.9324 13.656 45.1155 13.6348C47.2559 13.6137 48.6685 15.2638 48.6685 17.7179C48.6685 20.2354 47.2559 21.9491 45.1155 21.9279Z' fill='%233C3C49'/%3e%3cpath d='M63.4932 16.7236C63.4932 13.8041 61.1388 11.625 57.9283 11.625C54.5037 11.625 52.1279 13.931 52.1279 17.7814C52.1279 21.4836 54.4609 23.9377 57.9283 23.9377C60.7749 23.9377 62.8939 22.2876 63.3862 20.0239H60.8177C60.4111 21.1663 59.2981 21.9279 57.9283 21.9279C56.1732 21.9279 54.889 20.6797 54.6107 18.6064H63.4932V16.7236ZM57.9283 13.6348C59.662 13.6348 60.8606 14.8195 61.1174 16.5332H54.6321C54.9318 14.883 56.1518 13.6348 57.9283 13.6348Z' fill='%233C3C49'/%3e%3cpath d='M65.224 23.5992H67.5784V17.0409C67.5784 14.7984 68.8198 13.6348 70.7462 13.6348H72.009V11.625H71.003C69.2693 11.625 68.1991 12.7674 67.5784 13.7617H67.5356V11.9635H65.224V23.5992Z' fill='%233C3C49'/%3e%3cpath d='M83.0154 21.5683C82.6944 21.5683 82.5445 21.3779 82.5445 20.9971V15.8773C82.5445 13.4233 81.3459 11.625 77.8144 11.625C74.3898 11.625 72.8273 13.3175 72.6561 15.7292H75.0105C75.1603 14.4176 76.2091 13.6348 77.8144 13.6348C79.1842 13.6348 80.1259 14.2272 80.1259 15.158C80.1259 15.9196 79.5909 16.3851 77.8358 16.3851H76.894C74.0901 16.3851 72.2066 17.5063 72.2066 20.0662C72.2066 22.753 74.1972 23.98 76.5301 23.98C78.2638 23.98 79.7407 23.2184 80.3186 21.5894C80.3828 22.7742 81.1747 23.5992 82.673 23.5992H84V21.5683H83.0154ZM80.1902 18.1833C80.1902 20.8067 78.7561 21.9491 76.9154 21.9491C75.3101 21.9491 74.668 21.0182 74.668 20.0662C74.668 19.1565 75.2245 18.416 76.9368 18.416H77.2793C78.9273 18.416 79.9547 17.8448 80.1688 16.8505H80.1902V18.1833Z' fill='%233C3C49'/%3e%3c/svg%3e"),(wt=this.shadowRoot.getElementById("pera-wallet-connect-modal-information-section-connect-pera-mobile"))===null||wt===void 0||wt.setAttribute("style","display: none;"))}}},Nn=`@import url("https://fonts.googleapis.com/css2?family=Inter:wght@400;500;600;700&display=swap");
.pera-wallet-modal {
  --pera-wallet-modal-font-family: "Inter", sans-serif;
  --pera-wallet-modal-compact-width: 380px;
  --pera-wallet-modal-compact-height: 396px;
  -webkit-font-smoothing: antialiased;
  -moz-osx-font-smoothing: grayscale;
  position: fixed;
  top: 0;
  right: 0;
  left: 0;
  bottom: 0;
  z-index: 999999;
  width: 100vw;
  height: 100vh;
  background-color: rgba(0, 0, 0, 0.7);
}
.pera-wallet-modal--select-account .pera-wallet-modal__body {
  width: 480px;
  height: 578px;
  background-color: #ffffff;
}
.pera-wallet-modal--mobile .pera-wallet-modal__body {
  top: 40px;
  bottom: 0;
  left: 0;
  width: 100%;
  max-width: unset;
  height: calc(100 * var(--vh));
  padding: 20px;
  background-color: #ffffff;
  box-shadow: 0 1px 4px rgba(0, 0, 0, 0.02), 0 4px 12px rgba(0, 0, 0, 0.03);
  border-radius: 20px 20px 0px 0px;
  animation: 0.3s PeraWalletConnectMobileSlideIn ease-out;
  overflow-y: auto;
  transform: unset;
}
.pera-wallet-modal--mobile .pera-wallet-modal__body::before {
  background-image: unset;
}
.pera-wallet-modal--compact:not(.pera-wallet-modal--mobile) .pera-wallet-modal__body {
  width: var(--pera-wallet-modal-compact-width);
  height: var(--pera-wallet-modal-compact-height);
  padding: 0;
}
.pera-wallet-modal * {
  box-sizing: border-box;
  margin: 0;
  padding: 0;
  font-family: var(--pera-wallet-modal-font-family);
  font-smooth: antialiased;
  -webkit-font-smoothing: antialiased;
  -moz-osx-font-smoothing: grayscale;
}
.pera-wallet-modal ul,
.pera-wallet-modal ol,
.pera-wallet-modal li {
  list-style-type: none;
}

.pera-wallet-button {
  display: flex;
  align-items: center;
  justify-content: center;
  width: auto;
  height: 48px;
  padding: 14px;
  border: none;
  border-radius: 12px;
  outline: none;
  cursor: pointer;
  font-family: var(--pera-wallet-modal-font-family);
  font-size: 14px;
}

.pera-wallet-modal__logo img {
  display: block;
  width: 32px;
}

.pera-wallet-modal__body {
  position: relative;
  top: 50%;
  left: 50%;
  width: 700px;
  max-width: calc(100vw - 80px);
  padding: 28px;
  background-color: #f3f3f7;
  box-shadow: 1px 2px 2px rgba(0, 0, 0, 0.08);
  border-radius: 24px;
  animation: 0.3s PeraWalletConnectSlideIn ease-out;
  transform: translate(-50%, -50%);
}
.pera-wallet-modal__body::before {
  --background-line: #1e0972 0 1.2px, transparent 0 calc(100% - 1.2px), #1e0972;
  position: absolute;
  top: 0;
  right: 0;
  bottom: 0;
  left: 0;
  z-index: -1;
  content: "";
  background-image: linear-gradient(var(--background-line)), linear-gradient(90deg, var(--background-line));
  background-size: 116px 116px;
  mix-blend-mode: overlay;
  border-radius: 24px;
  opacity: 0.8;
  pointer-events: none;
}

@media (max-width: 767px) {
  .pera-wallet-modal--desktop .pera-wallet-modal__body {
    width: 100%;
    max-width: calc(100vw - 32px);
    padding: 24px;
  }
}
@keyframes PeraWalletConnectSlideIn {
  0% {
    opacity: 0;
    transform: translate(-50%, calc(-50% + 24px));
  }
  100% {
    opacity: 1;
    transform: translate(-50%, -50%);
  }
}
@keyframes PeraWalletConnectMobileSlideIn {
  0% {
    top: 30%;
    opacity: 0;
  }
  100% {
    top: 40px;
    opacity: 1;
  }
}
.pera-wallet-connect-modal-pending-message-section {
  display: grid;
  grid-template-columns: 1fr;
  grid-template-rows: auto 48px;
  gap: 56px;
  height: 100%;
  padding: 4px;
  padding-bottom: 70px;
}

.pera-wallet-connect-modal-pending-message {
  display: flex;
  align-items: center;
  justify-content: center;
  flex-direction: column;
  text-align: center;
}
.pera-wallet-connect-modal-pending-message--try-again-view {
  display: flex;
  justify-content: space-between;
  flex-direction: column;
  height: 100%;
  margin-top: 10px;
}
.pera-wallet-connect-modal-pending-message--try-again-view__title {
  margin: 16px 0 12px;
  color: #3c3c49;
  font-size: 18px;
  font-weight: 500;
  line-height: 24px;
  letter-spacing: -0.26px;
}
.pera-wallet-connect-modal-pending-message--try-again-view__description {
  color: #6a6a81;
  font-size: 14px;
  font-weight: 400;
  line-height: 24px;
  letter-spacing: -0.01px;
}
.pera-wallet-connect-modal-pending-message--try-again-view__button {
  display: block;
  width: 100%;
  padding: 14px;
  border-radius: 12px;
  text-decoration: none;
  text-align: center;
  font-size: 14px;
  line-height: 20px;
  letter-spacing: -0.09px;
  font-weight: 500;
  color: #ffffff;
  background-color: #6b46fe;
  border: none;
}
.pera-wallet-connect-modal-pending-message--try-again-view__resolving-anchor {
  display: flex;
  gap: 12px;
  margin-bottom: 20px;
  padding: 16px;
  background: #ffffff;
  box-shadow: 0px 0px 1px rgba(12, 26, 75, 0.24), 0px 3px 8px -1px rgba(50, 50, 71, 0.05);
  border-radius: 12px;
  text-decoration: none;
}
.pera-wallet-connect-modal-pending-message--try-again-view__resolving-anchor__image {
  width: 24px;
  height: 24px;
}
.pera-wallet-connect-modal-pending-message--try-again-view__resolving-anchor__title-wrapper {
  display: flex;
  align-items: center;
  justify-content: space-between;
  margin-bottom: 4px;
}
.pera-wallet-connect-modal-pending-message--try-again-view__resolving-anchor__title {
  margin: 0;
  font-size: 14px;
  font-weight: 500;
  line-height: 20px;
  letter-spacing: -0.1px;
  color: #3c3c49;
}
.pera-wallet-connect-modal-pending-message--try-again-view__resolving-anchor__description {
  /* stylelint-disable value-no-vendor-prefix */
  /* stylelint-disable  property-no-vendor-prefix */
  display: -webkit-box;
  max-width: 100%;
  -webkit-line-clamp: 2;
  /* autoprefixer: ignore next */
  -webkit-box-orient: vertical;
  overflow: hidden;
  /* stylelint-enable value-no-vendor-prefix */
  /* stylelint-enable property-no-vendor-prefix */
  margin: 0;
  font-size: 12px;
  font-weight: 400;
  line-height: 18px;
  letter-spacing: 0.01px;
  color: #9d9dae;
}

.pera-wallet-connect-modal-pending-message__animation-wrapper {
  width: 56px;
  height: 56px;
  background-color: #6b46fe;
  border-radius: 50%;
}

.pera-wallet-connect-modal-pending-message__text {
  max-width: 271px;
  margin-top: 24px;
  color: #3c3c49;
  font-size: 18px;
  font-weight: 500;
  line-height: 28px;
  letter-spacing: -0.26px;
}

.pera-wallet-connect-modal-pending-message__cancel-button {
  display: flex;
  align-items: center;
  justify-content: center;
  width: 100%;
  padding: 14px;
  color: #6a6a81;
  background-color: #ffffff;
  box-shadow: 0px 0px 1px rgba(12, 26, 75, 0.24), 0px 3px 8px -1px rgba(50, 50, 71, 0.05);
  border-radius: 12px;
  text-decoration: none;
  text-align: center;
  font-size: 14px;
  line-height: 20px;
  letter-spacing: -0.09px;
  font-weight: 500;
  border: none;
}`;xe(Nn);var kn=document.createElement("template");kn.innerHTML=`
  <div class="pera-wallet-connect-modal-pending-message-section">
    <div class="pera-wallet-connect-modal-pending-message">
      <div id="pera-wallet-connect-modal-pending-message-animation-wrapper" class="pera-wallet-connect-modal-pending-message__animation-wrapper"></div>

      <div class="pera-wallet-connect-modal-pending-message__text">
        Please wait while we connect you to Pera Wallet
      </div>
    </div>

    <button
      id="pera-wallet-connect-modal-pending-message-cancel-button"
      class="pera-wallet-button pera-wallet-connect-modal-pending-message__cancel-button">
        Cancel
    </button>
  </div>

  <div id="pera-wallet-connect-modal-pending-message-audio-wrapper"></div>
`;var ur=`
  <div class="pera-wallet-connect-modal-pending-message--try-again-view">
    <div>
      <img src="${Fi}" alt="Pera Wallet Logo" />

      <h1 class="pera-wallet-connect-modal-pending-message--try-again-view__title">
        Couldn\u2019t establish connection
      </h1>

      <p class="pera-wallet-connect-modal-pending-message--try-again-view__description">
        Having issues? Before trying again, make sure to read the support article below and apply the possible solutions.
      </p>
    </div>

    <div>
      <a
        href="https://support.perawallet.app/en/article/resolving-walletconnect-issues-1tolptm/"
        target="_blank"
        rel="noopener noreferrer"
        class="pera-wallet-connect-modal-pending-message--try-again-view__resolving-anchor">
        <img
          class="pera-wallet-connect-modal-pending-message--try-again-view__resolving-anchor__image"
          src="data:image/svg+xml,%3csvg width='24' height='24' viewBox='0 0 24 24' fill='none' xmlns='http://www.w3.org/2000/svg'%3e%3cpath fill-rule='evenodd' clip-rule='evenodd' d='M8 22.3199C7.72 22.3199 7.42998 22.2499 7.16998 22.1099C6.59998 21.8099 6.25 21.2099 6.25 20.5699V19.15C3.23 18.84 1.25 16.6199 1.25 13.4399V7.43994C1.25 3.99994 3.56 1.68994 7 1.68994H17C20.44 1.68994 22.75 3.99994 22.75 7.43994V13.4399C22.75 16.8799 20.44 19.1899 17 19.1899H13.23L8.96997 22.03C8.67997 22.22 8.34 22.3199 8 22.3199ZM7 3.17993C4.42 3.17993 2.75 4.84993 2.75 7.42993V13.43C2.75 16.01 4.42 17.68 7 17.68C7.41 17.68 7.75 18.02 7.75 18.43V20.56C7.75 20.69 7.83 20.75 7.88 20.78C7.93001 20.81 8.03001 20.84 8.14001 20.77L12.59 17.81C12.71 17.73 12.86 17.68 13.01 17.68H17.01C19.59 17.68 21.26 16.01 21.26 13.43V7.42993C21.26 4.84993 19.59 3.17993 17.01 3.17993H7ZM11.9998 12.11C11.5898 12.11 11.2498 11.77 11.2498 11.36V11.15C11.2498 10.0038 12.0798 9.4336 12.4082 9.20798L12.4198 9.20001C12.7898 8.95001 12.9098 8.78002 12.9098 8.52002C12.9098 8.02002 12.4998 7.60999 11.9998 7.60999C11.4998 7.60999 11.0898 8.02002 11.0898 8.52002C11.0898 8.93002 10.7498 9.27002 10.3398 9.27002C9.92984 9.27002 9.58984 8.93002 9.58984 8.52002C9.58984 7.19002 10.6698 6.10999 11.9998 6.10999C13.3298 6.10999 14.4098 7.19002 14.4098 8.52002C14.4098 9.66002 13.5698 10.23 13.2598 10.44C12.8698 10.7 12.7498 10.87 12.7498 11.15V11.36C12.7498 11.78 12.4098 12.11 11.9998 12.11ZM11.25 13.85C11.25 14.26 11.58 14.6 12 14.6C12.42 14.6 12.75 14.26 12.75 13.85C12.75 13.44 12.41 13.1 12 13.1C11.59 13.1 11.25 13.44 11.25 13.85Z' fill='%236B46FE'/%3e%3c/svg%3e"
          alt="Help Icon"
        />

        <div>
          <div
            class="pera-wallet-connect-modal-pending-message--try-again-view__resolving-anchor__title-wrapper">
            <h1
              class="pera-wallet-connect-modal-pending-message--try-again-view__resolving-anchor__title">
                Resolving WalletConnect issues
            </h1>

            <img src="data:image/svg+xml,%3csvg width='16' height='16' viewBox='0 0 16 16' fill='none' xmlns='http://www.w3.org/2000/svg'%3e%3cpath fill-rule='evenodd' clip-rule='evenodd' d='M11.3287 10.0983C10.9574 10.0983 10.6564 9.79734 10.6564 9.42604L10.6564 6.29525L5.14866 11.803C4.88611 12.0655 4.46044 12.0655 4.19789 11.803C3.93534 11.5404 3.93534 11.1147 4.19789 10.8522L9.70561 5.34447L6.57482 5.34447C6.20352 5.34447 5.90252 5.04347 5.90252 4.67218C5.90252 4.30088 6.20352 3.99988 6.57482 3.99988L11.3287 3.99988C11.507 3.99988 11.678 4.07071 11.8041 4.19679C11.9301 4.32287 12.001 4.49387 12.001 4.67218L12.001 9.42604C12.001 9.79734 11.7 10.0983 11.3287 10.0983Z' fill='%239D9DAE'/%3e%3c/svg%3e" alt="Send Icon"/>
          </div>

          <p
            class="pera-wallet-connect-modal-pending-message--try-again-view__resolving-anchor__description">
            Unfortunately there are several known issues related to WalletConnect that our team is working on. Some of these issues are related to the WalletConnect JavaScript implementation on the dApp ...
          </p>
        </div>
      </a>

      <button id="pera-wallet-connect-modal-pending-message-try-again-button" class="pera-wallet-connect-button pera-wallet-connect-modal-pending-message--try-again-view__button">
        Close & Try Again
      </button>
    </div>
  </div>
  `,Hn=class extends HTMLElement{constructor(){if(super(),this.attachShadow({mode:"open"}),this.shadowRoot){let Y=document.createElement("style");Y.textContent=Nn,this.shadowRoot.append(kn.content.cloneNode(!0),Y)}}connectedCallback(){var Y;let st=(Y=this.shadowRoot)===null||Y===void 0?void 0:Y.getElementById("pera-wallet-connect-modal-pending-message-cancel-button");st?.addEventListener("click",(()=>{this.onClose()})),this.addAudioForConnection(),this.renderLottieAnimation(),setTimeout((()=>{var ct;if(kn.innerHTML=ur,this.shadowRoot){let wt=document.createElement("style");wt.textContent=Nn,this.shadowRoot.innerHTML="",this.shadowRoot.append(kn.content.cloneNode(!0),wt);let Mt=(ct=this.shadowRoot)===null||ct===void 0?void 0:ct.getElementById("pera-wallet-connect-modal-pending-message-try-again-button");Mt?.addEventListener("click",(()=>{this.onClose()}))}}),3e4)}onClose(){cn(wn)}addAudioForConnection(){var Y;if(this.getAttribute("should-use-sound")==="true"&&En()){let st=(Y=this.shadowRoot)===null||Y===void 0?void 0:Y.getElementById("pera-wallet-connect-modal-pending-message-audio-wrapper"),ct=document.createElement("audio");ct.src="https://s3.amazonaws.com/wc.perawallet.app/audio.mp3",ct.autoplay=!0,ct.loop=!0,st?.appendChild(ct)}}renderLottieAnimation(){var Y;let st=(Y=this.shadowRoot)===null||Y===void 0?void 0:Y.getElementById("pera-wallet-connect-modal-pending-message-animation-wrapper");st&&Gn.default.loadAnimation({container:st,renderer:"svg",loop:!0,autoplay:!0,path:"https://s3.amazonaws.com/wc.perawallet.app/static/pera-loader-animation.json"})}},zi=`.pera-wallet-sign-txn-toast {
  --pera-wallet-sign-txn-toast-width: 422px;
  --pera-wallet-sign-txn-toast-height: 134px;
  --pera-wallet-sign-txn-toast-font-family: "Inter", sans-serif;
  position: fixed;
  bottom: 28px;
  right: 35px;
  z-index: 11;
  overflow: hidden;
  width: var(--pera-wallet-sign-txn-toast-width);
  height: var(--pera-wallet-sign-txn-toast-height);
  background: #edeffb;
  border-radius: 8px;
  animation: 0.2s PeraWalletSignTxnToastSlideIn ease-out;
}
.pera-wallet-sign-txn-toast * {
  box-sizing: border-box;
  margin: 0;
  padding: 0;
  font-family: var(--pera-wallet-sign-txn-toast-font-family);
  font-smooth: antialiased;
  -webkit-font-smoothing: antialiased;
  -moz-osx-font-smoothing: grayscale;
}
.pera-wallet-sign-txn-toast ul,
.pera-wallet-sign-txn-toast ol,
.pera-wallet-sign-txn-toast li {
  list-style-type: none;
}

.pera-wallet-sign-txn-toast__header__close-button {
  position: absolute;
  top: 10px;
  right: 10px;
  width: 20px;
  height: 20px;
  margin: 0;
  padding: 0;
  background: transparent;
  border: none;
  cursor: pointer;
}

.pera-wallet-sign-txn-toast__content__lottie-animation {
  position: absolute;
  top: -75px;
  left: -100px;
  width: 368px;
  height: 368px;
}

.pera-wallet-sign-txn-toast__content__description {
  position: absolute;
  top: 40px;
  right: 48px;
  max-width: 197px;
  color: #3c3c49;
  font-size: 14px;
  line-height: 22px;
  letter-spacing: -0.1px;
}

@media (max-width: 767px) {
  .pera-wallet-sign-txn-toast {
    display: none;
  }
}
@keyframes PeraWalletSignTxnToastSlideIn {
  0% {
    bottom: 12px;
    opacity: 0;
  }
  100% {
    bottom: 26px;
    opacity: 1;
  }
}`;xe(zi);var Bi=document.createElement("template");Bi.innerHTML=`
  <div class="pera-wallet-sign-txn-toast">
    <div class="pera-wallet-sign-txn-toast__header">
      <button
        id="pera-wallet-sign-txn-toast-close-button"
        class="pera-wallet-sign-txn-toast__header__close-button">
        <img src="data:image/svg+xml,%3csvg width='20' height='20' viewBox='0 0 20 20' fill='none' xmlns='http://www.w3.org/2000/svg'%3e%3cpath d='M14.4107 4.41074L9.41074 9.41074L10.5893 10.5893L15.5893 5.58926L14.4107 4.41074ZM9.41074 9.41074L4.41074 14.4107L5.58926 15.5893L10.5893 10.5893L9.41074 9.41074ZM15.5893 14.4107L10.5893 9.41074L9.41074 10.5893L14.4107 15.5893L15.5893 14.4107ZM10.5893 9.41074L5.58926 4.41074L4.41074 5.58926L9.41074 10.5893L10.5893 9.41074Z' fill='%239099BD'/%3e%3c/svg%3e" />
      </button>
    </div>
    <div class="pera-wallet-sign-txn-toast__content">
      <div id="pera-wallet-sign-txn-toast-lottie-animation" style="width:368;height:368" class="pera-wallet-sign-txn-toast__content__lottie-animation"></div>
      <p class="pera-wallet-sign-txn-toast__content__description">
        Please launch <b>Pera Wallet</b> on your iOS or Android device to sign this transaction.
      </p>
    </div>
  </div>
`;var Zn=class extends HTMLElement{constructor(){if(super(),this.attachShadow({mode:"open"}),this.shadowRoot){let Y=document.createElement("style");Y.textContent=zi,this.shadowRoot.append(Bi.content.cloneNode(!0),Y);let st=this.shadowRoot.getElementById("pera-wallet-sign-txn-toast-close-button");st?.addEventListener("click",(()=>{cn(hi)})),this.renderLottieAnimation()}}renderLottieAnimation(){var Y;let st=(Y=this.shadowRoot)===null||Y===void 0?void 0:Y.getElementById("pera-wallet-sign-txn-toast-lottie-animation");st&&Gn.default.loadAnimation({container:st,renderer:"svg",loop:!0,autoplay:!0,path:"https://s3.amazonaws.com/wc.perawallet.app/static/sign-toast-animation.json"})}},Vi=`@import url("https://fonts.googleapis.com/css2?family=Inter:wght@400;500;600;700&display=swap");
.pera-wallet-modal {
  --pera-wallet-modal-font-family: "Inter", sans-serif;
  --pera-wallet-modal-compact-width: 380px;
  --pera-wallet-modal-compact-height: 396px;
  -webkit-font-smoothing: antialiased;
  -moz-osx-font-smoothing: grayscale;
  position: fixed;
  top: 0;
  right: 0;
  left: 0;
  bottom: 0;
  z-index: 999999;
  width: 100vw;
  height: 100vh;
  background-color: rgba(0, 0, 0, 0.7);
}
.pera-wallet-modal--select-account .pera-wallet-modal__body {
  width: 480px;
  height: 578px;
  background-color: #ffffff;
}
.pera-wallet-modal--mobile .pera-wallet-modal__body {
  top: 40px;
  bottom: 0;
  left: 0;
  width: 100%;
  max-width: unset;
  height: calc(100 * var(--vh));
  padding: 20px;
  background-color: #ffffff;
  box-shadow: 0 1px 4px rgba(0, 0, 0, 0.02), 0 4px 12px rgba(0, 0, 0, 0.03);
  border-radius: 20px 20px 0px 0px;
  animation: 0.3s PeraWalletConnectMobileSlideIn ease-out;
  overflow-y: auto;
  transform: unset;
}
.pera-wallet-modal--mobile .pera-wallet-modal__body::before {
  background-image: unset;
}
.pera-wallet-modal--compact:not(.pera-wallet-modal--mobile) .pera-wallet-modal__body {
  width: var(--pera-wallet-modal-compact-width);
  height: var(--pera-wallet-modal-compact-height);
  padding: 0;
}
.pera-wallet-modal * {
  box-sizing: border-box;
  margin: 0;
  padding: 0;
  font-family: var(--pera-wallet-modal-font-family);
  font-smooth: antialiased;
  -webkit-font-smoothing: antialiased;
  -moz-osx-font-smoothing: grayscale;
}
.pera-wallet-modal ul,
.pera-wallet-modal ol,
.pera-wallet-modal li {
  list-style-type: none;
}

.pera-wallet-button {
  display: flex;
  align-items: center;
  justify-content: center;
  width: auto;
  height: 48px;
  padding: 14px;
  border: none;
  border-radius: 12px;
  outline: none;
  cursor: pointer;
  font-family: var(--pera-wallet-modal-font-family);
  font-size: 14px;
}

.pera-wallet-modal__logo img {
  display: block;
  width: 32px;
}

.pera-wallet-modal__body {
  position: relative;
  top: 50%;
  left: 50%;
  width: 700px;
  max-width: calc(100vw - 80px);
  padding: 28px;
  background-color: #f3f3f7;
  box-shadow: 1px 2px 2px rgba(0, 0, 0, 0.08);
  border-radius: 24px;
  animation: 0.3s PeraWalletConnectSlideIn ease-out;
  transform: translate(-50%, -50%);
}
.pera-wallet-modal__body::before {
  --background-line: #1e0972 0 1.2px, transparent 0 calc(100% - 1.2px), #1e0972;
  position: absolute;
  top: 0;
  right: 0;
  bottom: 0;
  left: 0;
  z-index: -1;
  content: "";
  background-image: linear-gradient(var(--background-line)), linear-gradient(90deg, var(--background-line));
  background-size: 116px 116px;
  mix-blend-mode: overlay;
  border-radius: 24px;
  opacity: 0.8;
  pointer-events: none;
}

@media (max-width: 767px) {
  .pera-wallet-modal--desktop .pera-wallet-modal__body {
    width: 100%;
    max-width: calc(100vw - 32px);
    padding: 24px;
  }
}
@keyframes PeraWalletConnectSlideIn {
  0% {
    opacity: 0;
    transform: translate(-50%, calc(-50% + 24px));
  }
  100% {
    opacity: 1;
    transform: translate(-50%, -50%);
  }
}
@keyframes PeraWalletConnectMobileSlideIn {
  0% {
    top: 30%;
    opacity: 0;
  }
  100% {
    top: 40px;
    opacity: 1;
  }
}
.pera-wallet-sign-txn-modal.pera-wallet-modal .pera-wallet-modal__body {
  width: 480px;
  height: 578px;
  background-color: #ffffff;
  background-image: unset;
  padding: 0;
}
.pera-wallet-sign-txn-modal.pera-wallet-modal .pera-wallet-modal__body .pera-wallet-sign-txn-modal__body__content {
  width: 100%;
  height: 100%;
}
.pera-wallet-sign-txn-modal.pera-wallet-modal .pera-wallet-modal__body #pera-wallet-iframe {
  width: 100%;
  height: 100%;
  border-radius: 16px;
  margin: 0 auto;
  border: none;
}

.pera-wallet-sign-txn-modal--compact.pera-wallet-modal .pera-wallet-modal__body {
  width: var(--pera-wallet-modal-compact-width);
  height: var(--pera-wallet-modal-compact-height);
}`;xe(Vi);var Ri=document.createElement("template");Ri.innerHTML=`
  <div id="pera-wallet-sign-txn-modal" class="${Ke} pera-wallet-sign-txn-modal">
    <div class="pera-wallet-modal__body">
      <pera-wallet-modal-header modal-id="${pi}"></pera-wallet-modal-header/>

      <div class="pera-wallet-sign-txn-modal__body__content" />
    </div>
  </div>
`;var jn=class extends HTMLElement{constructor(){if(super(),this.attachShadow({mode:"open"}),this.shadowRoot){let Y=document.createElement("style");if(Y.textContent=Vi,this.shadowRoot.append(Ri.content.cloneNode(!0),Y),this.getAttribute("compact-mode")==="true"){let st=this.shadowRoot.getElementById("pera-wallet-sign-txn-modal");st?.classList.add("pera-wallet-sign-txn-modal--compact")}}}};function vi(){document.documentElement.style.setProperty("--vh",.01*window.innerHeight+"px")}window.addEventListener("DOMContentLoaded",(()=>{vi()})),window.addEventListener("resize",(()=>{vi()})),window.customElements.define("pera-wallet-connect-modal",On),window.customElements.define("pera-wallet-modal-desktop-mode",zn),window.customElements.define("pera-wallet-modal-header",Tn),window.customElements.define("pera-wallet-modal-touch-screen-mode",Rn),window.customElements.define("pera-wallet-redirect-modal",Dn),window.customElements.define("pera-wallet-connect-modal-information-section",qn),window.customElements.define("pera-wallet-connect-modal-pending-message-section",Hn),window.customElements.define("pera-wallet-sign-txn-toast",Zn),window.customElements.define("pera-wallet-sign-txn-modal",jn),window.customElements.define("pera-wallet-download-qr-code",In);
