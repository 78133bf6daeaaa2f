//! Structs: declaration, constructor, setters, and the table that says how they look on the wire.

use proc_macro2::{Ident, Literal, TokenStream};
use quote::quote;

use super::docs;
use super::model::row;
use super::ty::Scope;
use crate::named::{Definition, Field, FieldName, Struct, TypeName};
use crate::print::{Docs, Item, Line, ident, link, link_to_field};
use crate::terms::{Scalar, Type, TypeRef};

/// How a field is held, and how its line in the table ends.
struct Held {
    ty: TokenStream,
    presence: &'static str,
}

impl Held {
    fn new(field: &Field, in_request: bool, scope: &Scope<'_>) -> Self {
        let plain = TypeRef {
            nullable: false,
            ..field.value.clone()
        };
        let ty = scope.held(&plain);
        match (field.required, field.value.nullable) {
            (true, false) => Self {
                ty,
                presence: " required",
            },
            (true, true) => Self {
                ty: scope.option(ty),
                presence: " nullable",
            },
            // Only a request needs to tell "leave it as it is" from "make it null".
            (false, true) if in_request => Self {
                ty: scope.option(scope.option(ty)),
                presence: " optional",
            },
            (false, _) => Self {
                ty: scope.option(ty),
                presence: " optional",
            },
        }
    }
}

/// A struct's fields with all that is emitted for them.
pub(super) struct Fields<'a> {
    definition: &'a Definition,
    object: &'a Struct,
    fields: Vec<(&'a Field, Held)>,
    scope: &'a Scope<'a>,
}

impl<'a> Fields<'a> {
    pub(super) fn new(
        definition: &'a Definition,
        object: &'a Struct,
        scope: &'a Scope<'a>,
    ) -> Self {
        let held = |field| (field, Held::new(field, definition.in_request, scope));
        Self {
            definition,
            object,
            fields: object.fields.iter().map(held).collect(),
            scope,
        }
    }

    /// The fields whose values a constructor must be given.
    fn arguments(&self) -> impl Iterator<Item = &(&'a Field, Held)> {
        self.fields.iter().filter(|(field, _)| field.is_argument())
    }

    /// Whether all fields are optional, so that the struct can derive `Default`.
    fn is_default(&self) -> bool {
        self.fields.iter().all(|(field, _)| !field.required)
    }

    pub(super) fn items(&self, docs: &TokenStream) -> Vec<Item> {
        let mut items = vec![Item::Rust(self.declaration(docs))];
        let required = self.object.required.as_ref();
        items.extend(required.map(|name| Item::Rust(self.required_struct(name))));
        items.push(Item::Rust(self.constructors()));
        if self.arguments().next().is_none() && !self.is_default() {
            items.push(Item::Rust(self.default()));
        }
        items.push(self.table());
        items
    }

    fn table(&self) -> Item {
        self.scope.uses_macro("object");
        let rows = self.fields.iter().map(|(field, held)| {
            let secret = if field.secret { " secret" } else { "" };
            let row = row(&field.name).and(held.presence).and(secret);
            match &field.constant {
                Some(text) => row.and(" == ").text(text),
                None => row,
            }
        });
        let rest = self
            .object
            .additional
            .iter()
            .map(|(name, _)| Line::of("..").ident(&ident(&name.rust)));
        let target = Line::default().ident(&ident(&self.definition.name.rust));
        let target = target.and(" with ").ident(&ident(&self.object.undeclared));
        let target = match self.object.closed {
            true => target.and(", closed"),
            false => target,
        };
        Item::Table {
            name: "object",
            target,
            rows: rows.chain(rest).collect(),
        }
    }

    fn declaration(&self, docs: &TokenStream) -> TokenStream {
        let name = &self.definition.name;
        // The macro of the table implements the other traits.
        let derives = self.is_default().then(|| quote!(#[derive(Default)]));
        let fields = self.fields.iter().map(|(field, held)| {
            let docs = docs::field(field).attributes();
            let (name, ty) = (&field.name, &held.ty);
            quote!(#docs pub #name: #ty)
        });
        let additional = self.object.additional.iter().map(|(name, value)| {
            let ty = self.scope.map(value);
            quote! {
                /// Members that the API's description does not name.
                pub #name: #ty
            }
        });
        let (undeclared, ty) = self.undeclared();
        let undeclared = quote! {
            /// What is not in the API's description, or not as it says.
            pub #undeclared: #ty
        };
        let fields = fields.chain(additional).chain([undeclared]);
        quote! {
            #docs
            #derives
            #[non_exhaustive]
            pub struct #name { #(#fields),* }
        }
    }

    /// `new` and the setters.
    fn constructors(&self) -> TokenStream {
        let name = &self.definition.name;
        let new = match &self.object.required {
            Some(required) => self.new_with_struct(required),
            None if self.arguments().next().is_some() => self.new_with_arguments(),
            None => self.new_empty(),
        };
        let setters = self.fields.iter().filter(|(field, _)| !field.required);
        let setters = setters.filter(|_| self.definition.in_request);
        let setters = setters.map(|(field, _)| self.setter(field));
        let additional = self
            .object
            .additional
            .iter()
            .filter(|_| self.definition.in_request);
        let additional = additional.map(|(name, value)| {
            let setter = setter_name(name);
            let ty = self.scope.map(value);
            let docs = Docs::line(format!("Sets {}.", link_to_field(name.bare())));
            let docs = docs.attributes();
            quote! {
                #docs
                #[must_use]
                #[inline]
                pub fn #setter(mut self, #name: #ty) -> Self {
                    self.#name = #name;
                    self
                }
            }
        });
        quote! {
            impl #name {
                #new
                #(#setters)*
                #(#additional)*
            }
        }
    }

    fn new_empty(&self) -> TokenStream {
        let value = match self.is_default() {
            true => quote!(Self::default()),
            false => self.value(|field| self.given(field).value),
        };
        let docs = match self.is_default() {
            true => "Creates one without any members.",
            false => "Creates one with the members that it must have, which are always the same.",
        };
        let docs = Docs::line(docs).attributes();
        quote! {
            #docs
            #[must_use]
            #[inline]
            pub fn new() -> Self { #value }
        }
    }

    fn new_with_arguments(&self) -> TokenStream {
        let arguments = self.arguments().map(|(field, _)| {
            let given = self.given(field);
            let (name, ty) = (&field.name, given.ty);
            quote!(#name: #ty)
        });
        let value = self.value(|field| self.given(field).value);
        let mut allowed = self
            .arguments()
            .filter_map(|(field, _)| self.scope.allow_name(&field.name, &field.value.ty));
        let allowed = allowed.next();
        quote! {
            /// Creates one with the members that it must have.
            #allowed
            #[must_use]
            #[inline]
            pub fn new(#(#arguments),*) -> Self { #value }
        }
    }

    fn new_with_struct(&self, required: &TypeName) -> TokenStream {
        let value = self.value(|field| {
            let name = &field.name;
            quote!(required.#name)
        });
        quote! {
            /// Creates one with the members that it must have.
            #[must_use]
            #[inline]
            pub fn new(required: #required) -> Self { #value }
        }
    }

    /// The field with what the type has no place for, and its type.
    fn undeclared(&self) -> (Ident, TokenStream) {
        (
            ident(&self.object.undeclared),
            self.scope.import("clientsmith_runtime", "Undeclared"),
        )
    }

    /// The struct with a value for each argument; constants are filled in, the rest is left out.
    fn value(&self, argument: impl Fn(&Field) -> TokenStream) -> TokenStream {
        let fields = self.fields.iter().map(|(field, _)| {
            let name = &field.name;
            let value = match &field.constant {
                Some(text) if field.required => constant(&field.value.ty, text),
                None if field.required => argument(field),
                None if field.asked => {
                    let value = argument(field);
                    quote!(Some(#value))
                }
                _ => quote!(None),
            };
            match value.to_string() == name.rust {
                true => quote!(#name),
                false => quote!(#name: #value),
            }
        });
        let additional = self.object.additional.iter().map(|(name, _)| {
            let map = self.scope.import("std::collections", "BTreeMap");
            quote!(#name: #map::new())
        });
        let (undeclared, ty) = self.undeclared();
        let undeclared = quote!(#undeclared: #ty::default());
        let fields = fields.chain(additional).chain([undeclared]);
        quote!(Self { #(#fields),* })
    }

    /// A struct whose fields are all constants has a default for the sake of its `new()`.
    fn default(&self) -> TokenStream {
        let name = &self.definition.name;
        let default = self.scope.prelude("std::default", "Default");
        quote! {
            impl #default for #name {
                #[inline]
                fn default() -> Self { Self::new() }
            }
        }
    }

    /// A plain struct of the fields that a value must have. It stands in a call and nowhere else, so it
    /// needs no traits, which big clients would pay for hundreds of times (`BENCHMARKS.md`).
    fn required_struct(&self, name: &TypeName) -> TokenStream {
        let docs = Docs::line(format!(
            "The members that a {} must have.",
            link(&self.definition.name.rust)
        ));
        let docs = docs.attributes();
        let fields = self.arguments().map(|(field, held)| {
            let docs = docs::field(field).attributes();
            let name = &field.name;
            let ty = match field.asked {
                true => &self.given_as_it_is(field),
                false => &held.ty,
            };
            quote!(#docs pub #name: #ty)
        });
        quote! {
            #docs
            pub struct #name { #(#fields),* }
        }
    }

    /// The type of a value that the struct holds in an `Option`, and that it must be given.
    fn given_as_it_is(&self, field: &Field) -> TokenStream {
        let required = Field {
            required: true,
            ..field.clone()
        };
        Held::new(&required, true, self.scope).ty
    }

    fn setter(&self, field: &Field) -> TokenStream {
        let name = &field.name;
        let bare = name.bare();
        let setter = setter_name(name);
        let docs = Docs::line(format!("Sets {}.", link_to_field(bare))).attributes();
        let given = self.given(field);
        let (ty, value) = (given.ty, given.value);
        let allowed = self.scope.allow_name(name, &field.value.ty);
        quote! {
            #docs
            #allowed
            #[must_use]
            #[inline]
            pub fn #setter(mut self, #name: #ty) -> Self {
                self.#name = Some(#value);
                self
            }
        }
    }

    /// How a value is given to a function that keeps it.
    fn given(&self, field: &Field) -> Given {
        let name = &field.name;
        let plain = self.scope.plain(&field.value.ty);
        let converted = !field.value.nullable && self.scope.is_converted(&field.value.ty);
        let (ty, value) = match converted {
            true => {
                let into = self.scope.prelude("std::convert", "Into");
                (quote!(impl #into<#plain>), quote!(#name.into()))
            }
            false => (plain, quote!(#name)),
        };
        let boxed = self.scope.prelude("std::boxed", "Box");
        match (field.value.nullable, field.value.boxed) {
            (false, false) => Given { ty, value },
            (false, true) => Given {
                ty,
                value: quote!(#boxed::new(#value)),
            },
            (true, false) => Given {
                ty: self.scope.option(ty),
                value,
            },
            (true, true) => Given {
                ty: self.scope.option(ty),
                value: quote!(#value.map(#boxed::new)),
            },
        }
    }
}

/// The setter of a field: `with_limit`.
pub(super) fn setter_name(field: &FieldName) -> Ident {
    // A name such as `_1` has its `_` only because no identifier begins with a digit.
    ident(&format!("with_{}", field.bare().trim_start_matches('_')))
}

/// How a value is given to a function: the type of the argument, and what is kept of it.
struct Given {
    ty: TokenStream,
    value: TokenStream,
}

/// The value of a field that always holds the same.
fn constant(ty: &Type, text: &str) -> TokenStream {
    let literal = match ty {
        Type::Scalar(Scalar::Boolean) if text == "true" => return quote!(true),
        Type::Scalar(Scalar::Boolean) => return quote!(false),
        Type::Scalar(Scalar::Int64) => text.parse().map(Literal::i64_unsuffixed).ok(),
        _ => None,
    };
    match literal {
        Some(number) => quote!(#number),
        None => {
            let text = Literal::string(text);
            quote!(#text.to_owned())
        }
    }
}
