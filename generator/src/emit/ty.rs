//! Types as tokens, and what they need to be imported.

use std::cell::RefCell;
use std::collections::HashSet;
use std::sync::Arc;

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};

use crate::named::{Api, Definition, FieldName, Kind, Name};
use crate::print::{Imports, ident};
use crate::terms::{Scalar, Type, TypeId, TypeRef};

/// Where the runtime keeps what only generated code needs.
pub(super) const PRIVATE: &str = "clientsmith_runtime::__private::v1";

impl<K> ToTokens for Name<K> {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        ident(&self.rust).to_tokens(tokens);
    }
}

/// How types are written in one module.
pub(super) struct Scope<'a> {
    types: &'a [Definition],
    /// The names of the module's own items, which no import can have.
    taken: Arc<HashSet<String>>,
    /// Whether this is the module `types`, where models need no path.
    inside: bool,
    /// Whether full paths are used instead of imports.
    spelled_out: bool,
    imports: RefCell<Imports>,
}

impl<'a> Scope<'a> {
    /// The scope of the module `types`, whose items have these names.
    pub(super) fn of_types(api: &'a Api, names: &Arc<HashSet<String>>) -> Self {
        Self {
            types: &api.types,
            taken: Arc::clone(names),
            inside: true,
            spelled_out: false,
            imports: RefCell::default(),
        }
    }

    /// The scope of the crate's root from outside, where nothing can be imported.
    pub(super) fn of_root(api: &'a Api) -> Self {
        Self {
            spelled_out: true,
            ..Self::of_module(api, [])
        }
    }

    /// The scope of another module, which has these items.
    pub(super) fn of_module(api: &'a Api, items: impl IntoIterator<Item = String>) -> Self {
        Self {
            types: &api.types,
            taken: Arc::new(items.into_iter().collect()),
            inside: false,
            spelled_out: false,
            imports: RefCell::default(),
        }
    }

    /// Takes note that the module stands inside `types` and uses the types by their names.
    pub(super) fn sees_all_types(&self) {
        self.imports.borrow_mut().add("super", "*");
    }

    pub(super) fn into_imports(self) -> Imports {
        self.imports.into_inner()
    }

    /// Something from `path`: by its name if that is free, else by its full path.
    pub(super) fn import(&self, path: &'static str, name: &'static str) -> TokenStream {
        if self.spelled_out {
            // The crate has the runtime at its root.
            return full_path(&path.replacen("clientsmith_runtime", "runtime", 1), name);
        }
        if self.taken.contains(name) {
            return full_path(path, name);
        }
        self.imports.borrow_mut().add(path, name);
        ident(name).to_token_stream()
    }

    /// Something of the runtime that only generated code needs.
    pub(super) fn private(&self, name: &'static str) -> TokenStream {
        self.import(PRIVATE, name)
    }

    /// Takes note that a macro of the runtime is used, which is always called by its name.
    pub(super) fn uses_macro(&self, name: &'static str) {
        self.imports.borrow_mut().add(PRIVATE, name);
    }

    /// Something of the prelude, which needs no import unless the module has the name itself.
    pub(super) fn prelude(&self, path: &'static str, name: &'static str) -> TokenStream {
        if self.taken.contains(name) {
            full_path(path, name)
        } else {
            ident(name).to_token_stream()
        }
    }

    /// `Option<inner>`.
    pub(super) fn option(&self, inner: TokenStream) -> TokenStream {
        let option = self.prelude("std::option", "Option");
        quote!(#option<#inner>)
    }

    /// A type as it is held.
    pub(super) fn held(&self, value: &TypeRef) -> TokenStream {
        let mut tokens = self.plain(&value.ty);
        if value.boxed {
            let boxed = self.prelude("std::boxed", "Box");
            tokens = quote!(#boxed<#tokens>);
        }
        if value.nullable {
            tokens = self.option(tokens);
        }
        tokens
    }

    /// A type as it is held, without box and `null`.
    pub(super) fn plain(&self, ty: &Type) -> TokenStream {
        match ty {
            Type::Scalar(scalar) => self.scalar(*scalar),
            Type::List(item) => {
                let vec = self.prelude("std::vec", "Vec");
                let item = self.held(item);
                quote!(#vec<#item>)
            }
            Type::Map(value) => self.map(value),
            Type::Tuple(items) => {
                let items = items.iter().map(|item| self.held(item));
                quote!((#(#items,)*))
            }
            Type::Definition(id) => self.definition(*id),
            Type::Object => {
                let map = self.import("clientsmith_runtime::serde_json", "Map");
                let string = self.string();
                let value = self.json_value();
                quote!(#map<#string, #value>)
            }
            Type::Any => self.json_value(),
        }
    }

    fn scalar(&self, scalar: Scalar) -> TokenStream {
        match scalar {
            Scalar::Null => self.import("clientsmith_runtime", "Null"),
            Scalar::Boolean => quote!(bool),
            Scalar::Int8 => quote!(i8),
            Scalar::Int16 => quote!(i16),
            Scalar::Int32 => quote!(i32),
            Scalar::Int64 => quote!(i64),
            Scalar::Uint8 => quote!(u8),
            Scalar::Uint16 => quote!(u16),
            Scalar::Uint32 => quote!(u32),
            Scalar::Uint64 => quote!(u64),
            Scalar::Float64 => quote!(f64),
            Scalar::Number => self.import("clientsmith_runtime", "Number"),
            Scalar::String => self.string(),
            Scalar::Uuid => self.import("clientsmith_runtime::uuid", "Uuid"),
            Scalar::DateTime => self.import("clientsmith_runtime::jiff", "Timestamp"),
            Scalar::Date => self.import("clientsmith_runtime::jiff::civil", "Date"),
            Scalar::Base64 => self.import("clientsmith_runtime", "Base64"),
            Scalar::Binary => self.import("clientsmith_runtime", "File"),
        }
    }

    pub(super) fn string(&self) -> TokenStream {
        self.prelude("std::string", "String")
    }

    /// `BTreeMap<String, value>`.
    pub(super) fn map(&self, value: &TypeRef) -> TokenStream {
        let map = self.import("std::collections", "BTreeMap");
        let string = self.string();
        let value = self.held(value);
        quote!(#map<#string, #value>)
    }

    pub(super) fn json_value(&self) -> TokenStream {
        self.import("clientsmith_runtime::serde_json", "Value")
    }

    /// A type of the module `types`.
    pub(super) fn definition(&self, id: TypeId) -> TokenStream {
        let name = &self.types[id.index()].name;
        if let Some(path) = super::ty::path(&name.rust) {
            return path;
        }
        if self.inside {
            return name.to_token_stream();
        }
        self.imports.borrow_mut().add("super", "types");
        quote!(types::#name)
    }

    /// Whether a function that keeps a value of this type takes `impl Into` of it.
    pub(super) fn is_converted(&self, ty: &Type) -> bool {
        let mut ty = ty;
        while let Some(target) = self.alias_of(ty) {
            if target.nullable || target.boxed {
                return false;
            }
            ty = &target.ty;
        }
        match ty {
            Type::Scalar(scalar) => {
                matches!(scalar, Scalar::String | Scalar::Binary | Scalar::Base64)
            }
            Type::Definition(id) => matches!(self.types[id.index()].kind, Kind::Union(_)),
            _ => false,
        }
    }

    /// Allows an argument to be called like a variant of its own type, which the lint
    /// `bindings_with_variant_name` denies.
    pub(super) fn allow_name(&self, name: &FieldName, ty: &Type) -> Option<TokenStream> {
        let mut ty = ty;
        while let Some(target) = self.alias_of(ty) {
            ty = &target.ty;
        }
        let Type::Definition(id) = ty else {
            return None;
        };
        let Kind::Enum(known) = &self.types[id.index()].kind else {
            return None;
        };
        let is_same = known
            .variants
            .iter()
            .any(|variant| variant.name.rust == name.rust);
        is_same
            .then(|| quote!(#[allow(bindings_with_variant_name, reason = "the API calls both so")]))
    }

    /// What a name for another type stands for.
    fn alias_of(&self, ty: &Type) -> Option<&'a TypeRef> {
        let Type::Definition(id) = ty else {
            return None;
        };
        match &self.types[id.index()].kind {
            Kind::Alias(target) => Some(target),
            _ => None,
        }
    }

    /// A key that is equal for equal Rust types; an alias counts as its target. `None` if the type is too large
    /// for one.
    pub(super) fn identity(&self, value: &TypeRef) -> Option<String> {
        /// How many types it may name.
        const MAX_PARTS: usize = 1_000;
        let mut text = String::new();
        self.identify(value, &mut text, &mut MAX_PARTS.clone())?;
        Some(text)
    }

    fn identify(&self, value: &TypeRef, text: &mut String, left: &mut usize) -> Option<()> {
        let mut value = value;
        let mut marks = String::new();
        loop {
            *left = left.checked_sub(1)?;
            marks.extend(value.boxed.then_some('*'));
            marks.extend(value.nullable.then_some('?'));
            match self.alias_of(&value.ty) {
                Some(target) => value = target,
                None => break,
            }
        }
        match &value.ty {
            Type::Definition(id) => match self.types[id.index()].name.rust.as_str() {
                own if own.contains("::") => text.push_str(own),
                _ => text.push_str(&format!("{id:?}")),
            },
            Type::List(item) => {
                self.identify_all("[", std::slice::from_ref(item), "]", text, left)?
            }
            Type::Map(value) => {
                self.identify_all("{", std::slice::from_ref(value), "}", text, left)?
            }
            Type::Tuple(items) => self.identify_all("(", items, ")", text, left)?,
            other => text.push_str(&format!("{other:?}")),
        }
        text.push_str(&marks);
        Some(())
    }

    fn identify_all<T: AsRef<TypeRef>>(
        &self,
        open: &str,
        parts: &[T],
        close: &str,
        text: &mut String,
        left: &mut usize,
    ) -> Option<()> {
        text.push_str(open);
        for part in parts {
            self.identify(part.as_ref(), text, left)?;
            text.push(',');
        }
        text.push_str(close);
        Some(())
    }

    /// A type as a function takes it, to be written into a request at once.
    pub(super) fn argument(&self, value: &TypeRef) -> TokenStream {
        let mut ty = &value.ty;
        // Aliases of strings and lists are borrowed like these.
        while let Some(target) = self.alias_of(ty).filter(|target| !target.boxed) {
            ty = &target.ty;
        }
        match ty {
            Type::Scalar(Scalar::String) => quote!(&str),
            Type::List(item) => {
                let item = self.held(item);
                quote!(&[#item])
            }
            ty => self.plain(ty),
        }
    }
}

/// The path of a type that the user has instead of ours.
fn path(name: &str) -> Option<TokenStream> {
    let own = name
        .contains("::")
        .then(|| syn::parse_str::<syn::Path>(name));
    own.and_then(Result::ok).map(ToTokens::into_token_stream)
}

fn full_path(path: &str, name: &str) -> TokenStream {
    let segments = path.split("::").chain([name]).map(ident);
    if path.starts_with("std") {
        quote!(::#(#segments)::*)
    } else {
        quote!(#(#segments)::*)
    }
}
