//! The module `types`: a struct, enum or alias per schema, with the table that says how it looks on
//! the wire.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::docs::{attributes, item};
use super::ty::{Scope, ident};
use super::{Item, Module, docs};
use crate::ir::{Scalar, Type, TypeRef};
use crate::name::UNKNOWN;
use crate::named::{Api, Definition, Field, Kind, Name, Variant};

/// With more required members than this, a constructor takes a struct that names them.
pub(super) const MAX_ARGUMENTS: usize = 4;

/// The module `types`.
pub(super) fn module(api: &Api) -> Module {
    let scope = Scope::of_types(api);
    let mut sorted: Vec<&Definition> = api.types.iter().collect();
    sorted.sort_by(|a, b| a.name.rust.cmp(&b.name.rust));
    let items = sorted
        .into_iter()
        .flat_map(|d| definition(d, &scope))
        .collect();
    Module {
        name: "types".to_owned(),
        docs: docs::markdown("The types of the API's requests and answers."),
        imports: scope.into_imports(),
        items,
    }
}

/// The items of one type.
fn definition(definition: &Definition, scope: &Scope<'_>) -> Vec<Item> {
    let docs = attributes(&item(&definition.doc, &definition.subject));
    let name = &definition.name;
    match &definition.kind {
        Kind::Struct(fields) => {
            let fields = Fields::new(definition, fields, scope);
            fields.items(docs)
        }
        Kind::Headers(fields) => headers(name, fields, docs, scope),
        Kind::Enum(variants) => enumeration(name, variants, docs, scope),
        Kind::Alias(target) => {
            let target = scope.held(target);
            vec![Item::Rust(quote!(#docs pub type #name = #target;))]
        }
    }
}

/// How a field is held, and how its line in the table ends.
struct Held {
    ty: TokenStream,
    mode: &'static str,
    /// Whether a constructor must be given its value.
    required: bool,
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
                mode: " required",
                required: true,
            },
            (true, true) => Self {
                ty: scope.option(ty),
                mode: " nullable",
                required: true,
            },
            // Only a request needs to tell "leave it as it is" from "make it null".
            (false, true) if in_request => Self {
                ty: scope.option(scope.option(ty)),
                mode: "",
                required: false,
            },
            (false, _) => Self {
                ty: scope.option(ty),
                mode: "",
                required: false,
            },
        }
    }
}

/// A struct's fields with all that is emitted for them.
struct Fields<'a> {
    definition: &'a Definition,
    fields: Vec<(&'a Field, Held)>,
    scope: &'a Scope<'a>,
}

impl<'a> Fields<'a> {
    fn new(definition: &'a Definition, fields: &'a [Field], scope: &'a Scope<'a>) -> Self {
        let held = |field| (field, Held::new(field, definition.in_request, scope));
        Self {
            definition,
            fields: fields.iter().map(held).collect(),
            scope,
        }
    }

    fn required(&self) -> impl Iterator<Item = &(&'a Field, Held)> {
        self.fields.iter().filter(|(_, held)| held.required)
    }

    fn items(&self, docs: TokenStream) -> Vec<Item> {
        let mut items = vec![Item::Rust(self.declaration(docs))];
        if self.required().count() > MAX_ARGUMENTS {
            items.push(Item::Rust(self.required_struct()));
        }
        items.push(Item::Rust(self.constructors()));
        if self.fields.iter().any(|(field, _)| field.secret) {
            items.push(Item::Rust(self.debug()));
        }
        self.scope.uses_macro("object");
        items.push(Item::Table {
            name: "object",
            target: self.definition.name.rust.clone(),
            rows: self
                .fields
                .iter()
                .map(|(field, held)| row(&field.name, held.mode))
                .collect(),
        });
        items
    }

    fn declaration(&self, docs: TokenStream) -> TokenStream {
        let name = &self.definition.name;
        let mut derives = vec![quote!(Clone), quote!(PartialEq)];
        if self.fields.iter().all(|(field, _)| !field.secret) {
            derives.insert(0, quote!(Debug));
        }
        if self.required().next().is_none() {
            derives.push(quote!(Default));
        }
        let fields = self.fields.iter().map(|(field, held)| {
            let docs = attributes(&docs::details(&field.doc));
            let (name, ty) = (&field.name, &held.ty);
            quote!(#docs pub #name: #ty)
        });
        quote! {
            #docs
            #[derive(#(#derives),*)]
            #[non_exhaustive]
            pub struct #name { #(#fields),* }
        }
    }

    /// `new` and the setters.
    fn constructors(&self) -> TokenStream {
        let name = &self.definition.name;
        let new = match self.required().count() {
            0 => self.new_empty(),
            1..=MAX_ARGUMENTS => self.new_with_arguments(),
            _ => self.new_with_struct(),
        };
        let setters = self.fields.iter().filter(|(_, held)| !held.required);
        let setters = setters.filter(|_| self.definition.in_request);
        let setters = setters.map(|(field, _)| self.setter(field));
        quote! {
            impl #name {
                #new
                #(#setters)*
            }
        }
    }

    fn new_empty(&self) -> TokenStream {
        quote! {
            /// Creates one without any members.
            #[must_use]
            pub fn new() -> Self { Self::default() }
        }
    }

    fn new_with_arguments(&self) -> TokenStream {
        let arguments = self.required().map(|(field, _)| {
            let given = self.given(field);
            let (name, ty) = (&field.name, given.ty);
            quote!(#name: #ty)
        });
        let values = self.fields.iter().map(|(field, held)| {
            let name = &field.name;
            match held.required {
                true => {
                    let value = self.given(field).value;
                    quote!(#name: #value)
                }
                false => quote!(#name: None),
            }
        });
        quote! {
            /// Creates one with the members that it must have.
            #[must_use]
            pub fn new(#(#arguments),*) -> Self { Self { #(#values),* } }
        }
    }

    fn new_with_struct(&self) -> TokenStream {
        let required = self.required_name();
        let values = self.fields.iter().map(|(field, held)| {
            let name = &field.name;
            match held.required {
                true => quote!(#name: required.#name),
                false => quote!(#name: None),
            }
        });
        quote! {
            /// Creates one with the members that it must have.
            #[must_use]
            pub fn new(required: #required) -> Self { Self { #(#values),* } }
        }
    }

    fn required_name(&self) -> proc_macro2::Ident {
        ident(&format!("{}Required", self.definition.name.rust))
    }

    /// A plain struct of the members that a value must have.
    fn required_struct(&self) -> TokenStream {
        let name = self.required_name();
        let docs = format!(
            " The members that a [`{}`] must have.",
            self.definition.name.rust
        );
        let fields = self.required().map(|(field, held)| {
            let docs = attributes(&docs::details(&field.doc));
            let (name, ty) = (&field.name, &held.ty);
            quote!(#docs pub #name: #ty)
        });
        quote! {
            #[doc = #docs]
            #[derive(Debug, Clone, PartialEq)]
            pub struct #name { #(#fields),* }
        }
    }

    fn setter(&self, field: &Field) -> TokenStream {
        let name = &field.name;
        let bare = name.rust.trim_start_matches("r#");
        let setter = ident(&format!("with_{bare}"));
        let docs = format!(" Sets [`{bare}`](Self::{bare}).");
        let given = self.given(field);
        let (ty, value) = (given.ty, given.value);
        quote! {
            #[doc = #docs]
            #[must_use]
            pub fn #setter(mut self, #name: #ty) -> Self {
                self.#name = Some(#value);
                self
            }
        }
    }

    /// How a value is given to a function that keeps it.
    fn given(&self, field: &Field) -> Given {
        let name = &field.name;
        let (ty, value) = match &field.value.ty {
            Type::Scalar(Scalar::String) if !field.value.nullable => {
                let into = self.scope.prelude("std::convert", "Into");
                let string = self.scope.plain(&field.value.ty);
                (quote!(impl #into<#string>), quote!(#name.into()))
            }
            ty => (self.scope.plain(ty), quote!(#name)),
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

    /// Debug output in which secret members are redacted.
    fn debug(&self) -> TokenStream {
        let name = &self.definition.name;
        let title = Literal::string(&name.rust);
        let redacted = self.scope.private("Redacted");
        let fields = self.fields.iter().map(|(field, _)| {
            let title = Literal::string(field.name.rust.trim_start_matches("r#"));
            let name = &field.name;
            match field.secret {
                true => quote!(.field(#title, &#redacted)),
                false => quote!(.field(#title, &self.#name)),
            }
        });
        quote! {
            impl std::fmt::Debug for #name {
                fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                    f.debug_struct(#title) #(#fields)* .finish()
                }
            }
        }
    }
}

/// How a value is given to a function: the type of the argument, and what is kept of it.
struct Given {
    ty: TokenStream,
    value: TokenStream,
}

/// A line of a table: `is_active = "isActive",`.
fn row<K>(name: &Name<K>, mode: &str) -> String {
    format!("{} = {}{mode}", name.rust, Literal::string(&name.wire))
}

/// The headers of an answer.
fn headers(
    name: &crate::named::TypeName,
    fields: &[Field],
    docs: TokenStream,
    scope: &Scope<'_>,
) -> Vec<Item> {
    let declared = fields.iter().map(|field| {
        let docs = attributes(&docs::details(&field.doc));
        let ty = scope.option(scope.plain(&field.value.ty));
        let name = &field.name;
        quote!(#docs pub #name: #ty)
    });
    let declaration = quote! {
        #docs
        #[derive(Debug, Clone, PartialEq, Default)]
        #[non_exhaustive]
        pub struct #name { #(#declared),* }
    };
    scope.uses_macro("headers");
    let table = Item::Table {
        name: "headers",
        target: name.rust.clone(),
        rows: fields.iter().map(|field| row(&field.name, "")).collect(),
    };
    vec![Item::Rust(declaration), table]
}

/// A string of which some values are known.
fn enumeration(
    name: &crate::named::TypeName,
    variants: &[Variant],
    docs: TokenStream,
    scope: &Scope<'_>,
) -> Vec<Item> {
    let known = variants.iter().map(|variant| {
        let docs = format!(" {}", docs::code(&variant.name.wire));
        let name = &variant.name;
        quote!(#[doc = #docs] #name)
    });
    let unknown = ident(UNKNOWN);
    let string = scope.prelude("std::string", "String");
    let declaration = quote! {
        #docs
        #[derive(Debug, Clone, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum #name {
            #(#known,)*
            /// A value that this version of the crate does not know.
            #unknown(#string),
        }
    };
    scope.uses_macro("string_enum");
    let table = Item::Table {
        name: "string_enum",
        target: name.rust.clone(),
        rows: variants
            .iter()
            .map(|variant| row(&variant.name, ""))
            .collect(),
    };
    vec![Item::Rust(declaration), table]
}
