//! A document that uses everything that OpenAPI has a string in.

use serde_json::{Value, json};

/// A document that has a string in every place where one can stand.
pub(crate) fn everything() -> Value {
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Title", "version": "1", "description": "Words.", "termsOfService": "Terms",
            "license": {"name": "Licence"}, "contact": {"name": "Name", "url": "Url", "email": "Mail"}
        },
        "externalDocs": {"url": "https://docs.example", "description": "More."},
        "servers": [
            {"url": "https://a.example", "description": "First"},
            {"url": "https://{v}.example", "description": "Second", "variables": {"v": {"default": "b", "enum": ["b", "c"], "description": "Which."}}}
        ],
        "tags": [{"name": "Tag", "description": "Of a tag."}],
        "security": [{"key": []}, {"oauth": ["scope"]}, {"basic": []}],
        "paths": {
            "/things/{id}": {
                "post": {
                    "operationId": "makeThing", "tags": ["Tag"], "summary": "Summary", "description": "Words.",
                    "externalDocs": {"url": "Link"}, "servers": [{"url": "https://c.example/v1"}],
                    "parameters": [
                        {"name": "id", "in": "path", "required": true, "description": "Words.", "schema": {"type": "string"}, "example": "Example"},
                        {"name": "query", "in": "query", "schema": {"type": "string", "enum": ["a", "b"], "default": "a"}},
                        {"name": "header", "in": "header", "schema": {"type": "string", "pattern": "Pattern"}},
                        {"name": "cookie", "in": "cookie", "schema": {"type": "string"}, "example": "Example"}
                    ],
                    "requestBody": {"description": "Words.", "required": true, "content": {"application/json": {
                        "schema": {"$ref": "#/components/schemas/Thing"}, "example": {"text": "Example"}
                    }}},
                    "responses": {
                        "200": {"description": "Words.", "headers": {"X-Header": {"schema": {"type": "string"}}},
                            "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Union"}}}},
                        "404": {"description": "Words.", "content": {"application/json": {"schema": {"type": "object", "properties": {"why": {"type": "string"}}}}}}
                    }
                },
                "get": {
                    "operationId": "getThings", "tags": ["Tag"], "summary": "Things",
                    "parameters": [
                        {"name": "id", "in": "path", "required": true, "schema": {"type": "string"}},
                        {"name": "old", "in": "query", "deprecated": true, "description": "Words.", "schema": {"type": "string", "default": "Default"}}
                    ],
                    "responses": {
                        "200": {"description": "Words.", "content": {"application/json": {"schema": {"type": "array", "items": {"$ref": "#/components/schemas/Thing"}}}}},
                        "202": {"description": "Words.", "content": {"text/plain": {"schema": {"type": "string"}}}},
                        "404": {"description": "Words.", "content": {"application/json": {"schema": {"type": "object", "properties": {"why": {"type": "string"}}}}}}
                    }
                },
                "put": {
                    "operationId": "putThing", "tags": ["Other"], "summary": "Put", "deprecated": true,
                    "parameters": [{"name": "id", "in": "path", "required": true, "schema": {"type": "string"}}],
                    "requestBody": {"content": {
                        "application/json": {"schema": {"$ref": "#/components/schemas/Thing"}},
                        "multipart/form-data": {"schema": {"type": "object", "properties": {"file": {"type": "string", "format": "binary"}, "note": {"type": "string"}}},
                            "encoding": {"note": {"contentType": "text/x-note"}}},
                        "application/x-www-form-urlencoded": {"schema": {"type": "object", "properties": {"field": {"type": "string"}}}},
                        "text/csv": {"schema": {"type": "string"}}
                    }},
                    "responses": {"204": {"description": "Words."}, "default": {"$ref": "#/components/responses/Wrong"}}
                }
            }
        },
        "webhooks": {"hook": {"post": {"requestBody": {"content": {"application/json": {"schema": {"type": "object", "properties": {"event": {"type": "string"}}}}}}}}},
        "components": {
            "securitySchemes": {
                "key": {"type": "apiKey", "in": "query", "name": "api_key", "description": "Words."},
                "basic": {"type": "http", "scheme": "basic", "description": "Words."},
                "oauth": {"type": "oauth2", "description": "Words.", "flows": {"clientCredentials": {"tokenUrl": "https://auth.example/token", "scopes": {"scope": "Words."}}}}
            },
            "responses": {"Wrong": {"description": "Words.", "headers": {"X-Why": {"description": "Words.", "schema": {"type": "string"}}},
                "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Problem"}}}}},
            "schemas": {
                "Thing": {"title": "Of a thing", "type": "object", "description": "Words.", "required": ["text"], "properties": {
                    "text": {"type": "string", "description": "Words.", "default": "Default", "example": "Example", "format": "Format"},
                    "constant": {"const": "Constant"},
                    "map": {"type": "object", "additionalProperties": {"type": "string"}}
                }},
                "Union": {"oneOf": [{"$ref": "#/components/schemas/Cat"}, {"$ref": "#/components/schemas/Dog"}], "discriminator": {"propertyName": "kind"}},
                "Cat": {"type": "object", "properties": {"kind": {"type": "string", "enum": ["cat"]}}},
                "Problem": {"type": "object", "properties": {"code": {"type": "string", "enum": ["one", "two"], "x-enum-varnames": ["First", "Second"], "x-enum-descriptions": ["Words.", "Words."]}}},
                "Number": {"type": "integer", "minimum": 1, "enum": [1, 2], "x-enum-varnames": ["Uno", "Due"]},
                "Alias": {"$ref": "#/components/schemas/Thing", "summary": "Words.", "description": "Words."},
                "Either": {"anyOf": [{"title": "Text", "type": "string"}, {"title": "List", "type": "array", "items": {"type": "string"}}]},
                "Parent": {"allOf": [{"$ref": "#/components/schemas/Thing"}, {"type": "object", "properties": {
                    "inner": {"title": "Inner", "type": "object", "properties": {"a": {"type": "string", "examples": ["Example"]}}, "example": {"a": "Example"}}}}]},
                "Dog": {"type": "object", "properties": {"kind": {"type": "string", "enum": ["dog"]}}}
            }
        }
    })
}
