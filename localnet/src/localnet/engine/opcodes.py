"""The AVM's instruction set up to version 10, as far as reading a program needs it."""

from typing import NamedTuple


class Opcode(NamedTuple):
    """An instruction: its name, and what follows its byte.

    Immediates, one word each: ``u8``, ``i8``, ``label`` (16 bits, relative), ``labels`` (a count, then labels),
    ``uint`` and ``bytes`` (varuint lengths), ``uints`` and ``byteses`` (lists of them), or the name of a field group.
    """

    name: str
    immediates: tuple[str, ...]


_TABLE = """
00 err|01 sha256|02 keccak256|03 sha512_256|04 ed25519verify|05 ecdsa_verify ECDSA|06 ecdsa_pk_decompress ECDSA
07 ecdsa_pk_recover ECDSA|08 +|09 -|0a /|0b *|0c <|0d >|0e <=|0f >=|10 &&|11 \N{NO-BREAK SPACE}|12 ==|13 !=|14 !|15 len
16 itob|17 btoi|18 %|19 \N{BROKEN BAR}|1a &|1b ^|1c ~|1d mulw|1e addw|1f divmodw|20 intcblock uints|21 intc u8
22 intc_0|23 intc_1|24 intc_2|25 intc_3|26 bytecblock byteses|27 bytec u8|28 bytec_0|29 bytec_1|2a bytec_2|2b bytec_3
2c arg u8|2d arg_0|2e arg_1|2f arg_2|30 arg_3|31 txn txn|32 global global|33 gtxn u8 txn|34 load u8|35 store u8
36 txna txn u8|37 gtxna u8 txn u8|38 gtxns txn|39 gtxnsa txn u8|3a gload u8 u8|3b gloads u8|3c gaid u8|3d gaids
3e loads|3f stores|40 bnz label|41 bz label|42 b label|43 return|44 assert|45 bury u8|46 popn u8|47 dupn u8|48 pop
49 dup|4a dup2|4b dig u8|4c swap|4d select|4e cover u8|4f uncover u8|50 concat|51 substring u8 u8|52 substring3
53 getbit|54 setbit|55 getbyte|56 setbyte|57 extract u8 u8|58 extract3|59 extract_uint16|5a extract_uint32
5b extract_uint64|5c replace2 u8|5d replace3|5e base64_decode base64|5f json_ref json|60 balance|61 app_opted_in
62 app_local_get|63 app_local_get_ex|64 app_global_get|65 app_global_get_ex|66 app_local_put|67 app_global_put
68 app_local_del|69 app_global_del|70 asset_holding_get holding|71 asset_params_get asset|72 app_params_get app
73 acct_params_get acct|78 min_balance|80 pushbytes bytes|81 pushint uint|82 pushbytess byteses|83 pushints uints
84 ed25519verify_bare|88 callsub label|89 retsub|8a proto u8 u8|8b frame_dig i8|8c frame_bury i8|8d switch labels
8e match labels|90 shl|91 shr|92 sqrt|93 bitlen|94 exp|95 expw|96 bsqrt|97 divw|98 sha3_256|a0 b+|a1 b-|a2 b/|a3 b*
a4 b<|a5 b>|a6 b<=|a7 b>=|a8 b==|a9 b!=|aa b%|ab b\N{BROKEN BAR}|ac b&|ad b^|ae b~|af bzero|b0 log|b1 itxn_begin
b2 itxn_field txn|b3 itxn_submit|b4 itxn txn|b5 itxna txn u8|b6 itxn_next|b7 gitxn u8 txn|b8 gitxna u8 txn u8
b9 box_create|ba box_extract|bb box_replace|bc box_del|bd box_len|be box_get|bf box_put|c0 txnas txn|c1 gtxnas u8 txn
c2 gtxnsas txn|c3 args|c4 gloadss|c5 itxnas txn|c6 gitxnas u8 txn|d0 vrf_verify vrf|d1 block block|d2 box_splice
d3 box_resize|e0 ec_add ec|e1 ec_scalar_mul ec|e2 ec_pairing_check ec|e3 ec_multi_scalar_mul ec
e4 ec_subgroup_check ec|e5 ec_map_to ec
"""


def _parse(table: str) -> dict[int, Opcode]:
    opcodes: dict[int, Opcode] = {}
    for entry in table.replace("\n", "|").strip("|").split("|"):
        code, name, *immediates = entry.split(" ")
        # The bar separates entries here, so the operators that contain one are spelled with look-alikes.
        name = name.replace("\N{BROKEN BAR}", "|").replace("\N{NO-BREAK SPACE}", "||")
        opcodes[int(code, 16)] = Opcode(name, tuple(immediates))
    return opcodes


BY_CODE = _parse(_TABLE)
CODE_OF = {opcode.name: code for code, opcode in BY_CODE.items()}

FIELDS: dict[str, tuple[str, ...]] = {
    "txn": (
        "Sender",
        "Fee",
        "FirstValid",
        "FirstValidTime",
        "LastValid",
        "Note",
        "Lease",
        "Receiver",
        "Amount",
        "CloseRemainderTo",
        "VotePK",
        "SelectionPK",
        "VoteFirst",
        "VoteLast",
        "VoteKeyDilution",
        "Type",
        "TypeEnum",
        "XferAsset",
        "AssetAmount",
        "AssetSender",
        "AssetReceiver",
        "AssetCloseTo",
        "GroupIndex",
        "TxID",
        "ApplicationID",
        "OnCompletion",
        "ApplicationArgs",
        "NumAppArgs",
        "Accounts",
        "NumAccounts",
        "ApprovalProgram",
        "ClearStateProgram",
        "RekeyTo",
        "ConfigAsset",
        "ConfigAssetTotal",
        "ConfigAssetDecimals",
        "ConfigAssetDefaultFrozen",
        "ConfigAssetUnitName",
        "ConfigAssetName",
        "ConfigAssetURL",
        "ConfigAssetMetadataHash",
        "ConfigAssetManager",
        "ConfigAssetReserve",
        "ConfigAssetFreeze",
        "ConfigAssetClawback",
        "FreezeAsset",
        "FreezeAssetAccount",
        "FreezeAssetFrozen",
        "Assets",
        "NumAssets",
        "Applications",
        "NumApplications",
        "GlobalNumUint",
        "GlobalNumByteSlice",
        "LocalNumUint",
        "LocalNumByteSlice",
        "ExtraProgramPages",
        "Nonparticipation",
        "Logs",
        "NumLogs",
        "CreatedAssetID",
        "CreatedApplicationID",
        "LastLog",
        "StateProofPK",
        "ApprovalProgramPages",
        "NumApprovalProgramPages",
        "ClearStateProgramPages",
        "NumClearStateProgramPages",
    ),
    "global": (
        "MinTxnFee",
        "MinBalance",
        "MaxTxnLife",
        "ZeroAddress",
        "GroupSize",
        "LogicSigVersion",
        "Round",
        "LatestTimestamp",
        "CurrentApplicationID",
        "CreatorAddress",
        "CurrentApplicationAddress",
        "GroupID",
        "OpcodeBudget",
        "CallerApplicationID",
        "CallerApplicationAddress",
        "AssetCreateMinBalance",
        "AssetOptInMinBalance",
        "GenesisHash",
    ),
    "holding": ("AssetBalance", "AssetFrozen"),
    "asset": (
        "AssetTotal",
        "AssetDecimals",
        "AssetDefaultFrozen",
        "AssetUnitName",
        "AssetName",
        "AssetURL",
        "AssetMetadataHash",
        "AssetManager",
        "AssetReserve",
        "AssetFreeze",
        "AssetClawback",
        "AssetCreator",
    ),
    "app": (
        "AppApprovalProgram",
        "AppClearStateProgram",
        "AppGlobalNumUint",
        "AppGlobalNumByteSlice",
        "AppLocalNumUint",
        "AppLocalNumByteSlice",
        "AppExtraProgramPages",
        "AppCreator",
        "AppAddress",
    ),
    "acct": (
        "AcctBalance",
        "AcctMinBalance",
        "AcctAuthAddr",
        "AcctTotalNumUint",
        "AcctTotalNumByteSlice",
        "AcctTotalExtraAppPages",
        "AcctTotalAppsCreated",
        "AcctTotalAppsOptedIn",
        "AcctTotalAssetsCreated",
        "AcctTotalAssets",
        "AcctTotalBoxes",
        "AcctTotalBoxBytes",
    ),
    "ECDSA": ("Secp256k1", "Secp256r1"),
    "base64": ("URLEncoding", "StdEncoding"),
    "json": ("JSONString", "JSONUint64", "JSONObject"),
    "vrf": ("VrfAlgorand",),
    "block": ("BlkSeed", "BlkTimestamp"),
    "ec": ("BN254g1", "BN254g2", "BLS12_381g1", "BLS12_381g2"),
}
