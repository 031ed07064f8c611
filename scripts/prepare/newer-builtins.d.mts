export declare const newerMethods: Set<string>
export declare const newerStatics: Set<string>
export declare const newerGlobals: Set<string>
export declare const browserGlobals: Set<string>
