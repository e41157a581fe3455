"""Routes that compile and disassemble TEAL."""

import asyncio

from algosdk import logic
from starlette.requests import Request
from starlette.responses import Response

from localnet.algod.formats import base64_text
from localnet.algod.sourcemap import with_columns
from localnet.engine.compiler import CompileError, Compiler
from localnet.engine.disassembler import DisassembleError, disassemble
from localnet.http import ApiError, Router, json_response, query_bool, read_body

_LARGEST_SOURCE_BYTES = 524_288
_MOST_ERRORS = 10


def add_routes(router: Router, compiler: Compiler) -> None:
    """Add the routes of this module."""

    @router.post("/v2/teal/compile")
    async def compile_teal(request: Request) -> Response:
        with_map = query_bool(request, "sourcemap")
        source = (await read_body(request, _LARGEST_SOURCE_BYTES)).decode("utf-8", "replace")
        try:
            compiled = await asyncio.to_thread(compiler.compile, source)
        except CompileError as refusal:
            raise ApiError(400, _error_text(refusal.errors)) from None
        answer: dict[str, object] = {
            "hash": logic.address(compiled.bytecode),
            "result": base64_text(compiled.bytecode),
        }
        if with_map:
            answer["sourcemap"] = {
                "version": 3,
                "sources": ["<body>"],
                "names": [],
                "mappings": with_columns(compiled.mappings, source),
            }
        return json_response(answer)

    @router.post("/v2/teal/disassemble")
    async def disassemble_teal(request: Request) -> Response:
        program = await read_body(request, _LARGEST_SOURCE_BYTES)
        try:
            return json_response({"result": disassemble(program)})
        except DisassembleError as refusal:
            raise ApiError(400, str(refusal)) from None


def _error_text(errors: list[str]) -> str:
    if len(errors) == 1:
        return f"1 error: {errors[0]}\n"
    return "".join(f"{error}\n" for error in errors[:_MOST_ERRORS])
